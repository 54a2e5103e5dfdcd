# The embedded host, from the top of the tree: docker build -f infra/containers/embedded.Dockerfile -t iomtad-embedded .
# docs/kubernetes.md says how it is run; prove.sh beside this file builds it and holds it to that.
#
# A private registry: --secret id=npmrc,src=FILE and --secret id=nuget,src=FILE give npm and NuGet their configuration; no layer keeps them.
ARG NODE_IMAGE=docker.io/library/node:22-bookworm-slim
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled-extra

# The page is the same on every architecture, and the compiler makes code for each: both stages run on the machine that builds.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS page
WORKDIR /src/functions/Dashboard
COPY functions/Dashboard/ ./
RUN --mount=type=secret,id=npmrc,target=/src/functions/Dashboard/.npmrc node build.mjs

FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
ARG TARGETARCH
ARG NUGET_CERT_REVOCATION_MODE=online
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY functions/IoMTAD.Api/IoMTAD.Api.csproj functions/IoMTAD.Api/
COPY functions/IoMTAD.Core/IoMTAD.Core.csproj functions/IoMTAD.Core/
COPY functions/IoMTAD.Hosting/IoMTAD.Hosting.csproj functions/IoMTAD.Hosting/
COPY functions/IoMTAD.Local/IoMTAD.Local.csproj functions/IoMTAD.Local/
COPY functions/Dashboard/Dashboard.targets functions/Dashboard/
COPY training/IoMTAD.Training/IoMTAD.Training.csproj training/IoMTAD.Training/
RUN --mount=type=secret,id=nuget,target=/src/NuGet.Config \
    dotnet restore functions/IoMTAD.Local -a $TARGETARCH
COPY functions/ functions/
COPY training/ training/
COPY --from=page /src/functions/Dashboard/dist/ functions/Dashboard/dist/
RUN dotnet publish functions/IoMTAD.Local -c Release -a $TARGETARCH --self-contained false --no-restore -p:DebugType=none -o /app \
    && mkdir /data

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="iomtad-embedded" \
      org.opencontainers.image.description="Finds abnormal network behaviour of medical devices; no medical device itself" \
      org.opencontainers.image.licenses="MIT"
COPY LICENSE /licenses/LICENSE
COPY --from=build /app /app
# The runtime would open a socket in /tmp for debuggers: without it the root file system can be read-only.
ENV PATH=/app:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DOTNET_EnableDiagnostics=0
# The user that Microsoft's images call "app". By number, so that Kubernetes can tell that it is not root.
COPY --from=build --chown=1654:1654 /data /data
USER 1654:1654
WORKDIR /data
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/app/iomtad", "health"]
ENTRYPOINT ["/app/iomtad"]
CMD ["demo", "--listen", "0.0.0.0"]
