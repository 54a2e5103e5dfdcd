# The Functions app, from the top of the tree: docker build -f infra/containers/functions.Dockerfile -t iomtad-functions .
# For Kubernetes (infra/kubernetes/overlays/cloud); Azure's Flex Consumption takes no images. amd64 alone: the base image is.
#
# A private registry: --secret id=npmrc,src=FILE and --secret id=nuget,src=FILE give npm and NuGet their configuration; no layer keeps them.
ARG NODE_IMAGE=docker.io/library/node:22-bookworm-slim
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401
ARG FUNCTIONS_IMAGE=mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0

FROM ${NODE_IMAGE} AS page
WORKDIR /src/functions/Dashboard
COPY functions/Dashboard/ ./
RUN --mount=type=secret,id=npmrc,target=/src/functions/Dashboard/.npmrc node build.mjs

FROM ${SDK_IMAGE} AS build
ARG NUGET_CERT_REVOCATION_MODE=online
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY functions/ functions/
COPY training/ training/
COPY --from=page /src/functions/Dashboard/dist/ functions/Dashboard/dist/
# Restored here too: the build makes a project of the host's extensions and restores that as well.
RUN --mount=type=secret,id=nuget,target=/src/NuGet.Config \
    dotnet publish functions/IoMTAD.Functions -c Release -r linux-x64 --self-contained false -p:DebugType=none -o /home/site/wwwroot \
    && mkdir -p /home/data /home/LogFiles /home/.aspnet

FROM ${FUNCTIONS_IMAGE}
LABEL org.opencontainers.image.title="iomtad-functions" \
      org.opencontainers.image.description="Finds abnormal network behaviour of medical devices; no medical device itself" \
      org.opencontainers.image.licenses="MIT"
# librdkafka is found by its path only, and where the extension's copy lies depends on the tools that built it: each place is named.
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    HOME=/home \
    LD_LIBRARY_PATH=/home/site/wwwroot/bin/runtimes/linux-x64/native:/home/site/wwwroot/.azurefunctions/runtimes/linux-x64/native:/home/site/wwwroot \
    ASPNETCORE_URLS=http://+:8080
COPY LICENSE /licenses/LICENSE
# The host writes logs and keys into folders of /home, which are there beforehand: /home itself is not its own. By number, so that Kubernetes can tell that it is not root.
COPY --from=build --chown=1654:1654 /home /home
USER 1654:1654
WORKDIR /home/site/wwwroot
EXPOSE 8080
# The base image's script would add certificates of App Service to the system's, as root: the host alone is what is needed here.
CMD ["/azure-functions-host/Microsoft.Azure.WebJobs.Script.WebHost"]
