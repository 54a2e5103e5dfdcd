using IoMTAD.Features;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests.Features;

public sealed class FeatureDocumentTests
{
    [Fact]
    public void The_document_says_what_the_code_computes()
    {
        var path = Path.Combine(SharedData.RepositoryRoot, "docs", "features.md");
        if (Environment.GetEnvironmentVariable("IOMTAD_APPROVE") == "1") File.WriteAllText(path, FeatureDocument.Write());
        Assert.True(File.Exists(path) && File.ReadAllText(path) == FeatureDocument.Write(),
            "docs/features.md is out of date: run this test once with IOMTAD_APPROVE=1");
    }

    [Fact]
    public void Each_leaking_column_has_its_reason()
    {
        var leaking = CicIoMT2024.V1.Columns.Concat(CicIoMT2024.V2.Columns).Where(column => column.Leaks).Select(column => column.Name);
        Assert.Equal(FeatureDocument.Leaks.Keys.Order(StringComparer.Ordinal), leaking.Distinct().Order(StringComparer.Ordinal));
    }
}
