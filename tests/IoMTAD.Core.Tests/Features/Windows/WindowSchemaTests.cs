using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

public sealed class WindowSchemaTests
{
    [Fact]
    public void Columns_stand_in_the_order_of_the_vector()
    {
        var names = Enum.GetNames<WindowColumn>().Select(name => name.ToLowerInvariant());
        Assert.Equal(names, WindowSchema.Schema.Columns.Select(column => column.Name.Replace("_", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void There_are_64_columns_and_none_leaks()
    {
        Assert.Equal(64, WindowSchema.Schema.Columns.Count);
        Assert.Equal(64, WindowSchema.Schema.ModelColumns.Count);
    }

    [Fact]
    public void Labels_tell_columns_apart() =>
        Assert.Equal(64, WindowSchema.Schema.Columns.Select(column => column.Label).Distinct().Count());
}
