using System.Buffers;
using System.Text;
using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

public sealed class FeatureCsvTests
{
    private static string Write(double[] row, bool[]? whole = null)
    {
        var output = new ArrayBufferWriter<byte>();
        FeatureCsv.WriteRow<double>(row, output, whole);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(-2, "-2.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(66.16, "66.16")]
    [InlineData(163.29484431477007, "163.29484431477007")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.000015, "1.5e-05")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(169402753.1596475, "169402753.1596475")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(double.NaN, "")]
    [InlineData(double.PositiveInfinity, "inf")]
    public void Numbers_are_written_as_Python_prints_them(double value, string text) => Assert.Equal(text + "\n", Write([value]));

    [Fact]
    public void A_single_precision_value_has_no_digits_of_a_double()
    {
        var output = new ArrayBufferWriter<byte>();
        FeatureCsv.WriteRow<float>([0.1f, 0.00001f], output);
        Assert.Equal("0.1,1e-05\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Whole_columns_have_no_fraction() => Assert.Equal("6,6.0\n", Write([6, 6], [true, false]));

    [Fact]
    public void The_header_is_the_datasets_own()
    {
        var output = new ArrayBufferWriter<byte>();
        FeatureCsv.WriteHeader(CicIoMT2024.V2, output);
        var header = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.StartsWith("Header_Length,Protocol Type,Time_To_Live,Rate,fin_flag_number,", header, StringComparison.Ordinal);
        Assert.EndsWith(",Std,Tot size,IAT,Number,Variance\n", header, StringComparison.Ordinal);
    }
}
