using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

public sealed class CicColumnTests
{
    [Fact]
    public void Columns_stand_where_the_schemas_have_them()
    {
        Check(typeof(V1Column), CicIoMT2024.V1);
        Check(typeof(V2Column), CicIoMT2024.V2);

        static void Check(Type columns, FeatureSchema schema)
        {
            var published = schema.Columns.Select(column => string.Concat(column.Name.Where(char.IsLetterOrDigit)));
            var named = columns.GetFields().OrderBy(field => (int)field.GetRawConstantValue()!).Select(field => field.Name);
            Assert.Equal(published, named, StringComparer.OrdinalIgnoreCase);
        }
    }
}
