namespace IoMTAD.Infra.Tests.Mistakes;

public sealed class SettingsMistakesTests
{
    private const string Host = "functions/IoMTAD.Functions/host.json", Sample = "local.settings.sample.json";

    private static readonly Mistake[] All =
    [
        new("a misspelt setting of host.json", "host", Host, "\"maxBatchSize\"", "\"maxBatchSise\"",
            "'extensions.kafka.maxBatchSise' is unknown"),
        new("a text where a number belongs", "host", Host, "\"maxRetries\": 5", "\"maxRetries\": \"5\"", "must be a number"),
        new("failed batches that are committed", "host", Host, "\"commitOnFailure\": false", "\"commitOnFailure\": true",
            "commitOnFailure' is not false"),
        new("a key that is there twice", "syntax", Sample, "\"Kafka__Topic\"", "\"Kafka__Brokers\"",
            "is no JSON: Duplicate property 'Kafka__Brokers'"),
        new("a document that is not indented", "syntax", "infra/compose.yaml", "    image: postgres:17", "  image: postgres:17\n   x",
            "is no YAML"),
        new("a misspelt setting in the sample", "settings", Sample, "Kafka__DeadLetterTopic", "Kafka__DeadLettersTopic",
            "reads no setting 'Kafka__DeadLettersTopic'"),
        new("a required setting that the sample lacks", "settings", Sample, "    \"Response__Schedule\": \"*/15 * * * * *\",\n", "",
            "'Response:Schedule' is not set"),
        new("a misspelt setting in the document", "settings", "docs/operations.md", "`Kafka:Authentication`", "`Kafka:Authorisation`",
            "'Kafka:Authorisation'"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Titles => Mistake.Titles(All);

    [Theory, MemberData(nameof(Titles))]
    public void A_planted_mistake_is_found(string title) => Mistake.IsFound(All, title);
}
