namespace IoMTAD.Infra.Tests.Mistakes;

public sealed class ContainerMistakesTests
{
    private const string Embedded = "infra/containers/embedded.Dockerfile", Compose = "infra/compose.yaml";

    private static readonly Mistake[] All =
    [
        new("an image that runs as root", "dockerfiles", Embedded, "USER 1654:1654", "USER root", "USER root is no number"),
        new("a base of any version", "dockerfiles", Embedded, "node:22-bookworm-slim", "node:latest", "is whatever is newest"),
        new("a file that is not there", "dockerfiles", Embedded, "COPY training/ training/", "COPY trainings/ training/",
            "COPY trainings/"),
        new("a secret in the build", "dockerfiles", Embedded, "ARG TARGETARCH", "ARG NUGET_TOKEN", "NUGET_TOKEN would be kept"),
        new("a program behind a shell", "dockerfiles", Embedded, "ENTRYPOINT [\"/app/iomtad\"]", "ENTRYPOINT /app/iomtad",
            "goes through a shell"),
        new("an instruction that is none", "dockerfiles", Embedded, "EXPOSE 5080", "EXPOSED 5080", "'EXPOSED' is no instruction"),
        new("a port open to the network", "compose", Compose, "127.0.0.1:5432:5432", "0.0.0.0:5432:5432", "0.0.0.0:5432:5432 is open"),
        new("a server of any version", "compose", Compose, "postgres:17", "postgres", "has no version"),
        new("a misspelt key of a server", "compose", Compose, "healthcheck:", "healtcheck:", "'services.record.healtcheck' is unknown"),
        new("a file that is not mounted", "compose", Compose, "./local/roles.sql", "./local/role.sql", "./local/role.sql is not there"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => Mistake.IsFound(All, title);
}
