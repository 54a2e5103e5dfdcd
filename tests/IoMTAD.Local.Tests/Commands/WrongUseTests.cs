using IoMTAD.Local.Commands;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>Whoever mistypes is told what, and what would be right; nothing is begun and nothing written.</summary>
public sealed class WrongUseTests
{
    [Theory]
    [InlineData("", "iomtad --help")]
    [InlineData("bogus", "'bogus'")]
    [InlineData("events", "iomtad events --help")]
    [InlineData("events list --bogus", "--bogus")]
    [InlineData("detect", "iomtad detect --help")]
    [InlineData("detect iomtad.dll --store nowhere", "iomtad models promote DIR --store nowhere")]
    [InlineData("detect nowhere.pcap --model m", "nowhere.pcap: no such file")]
    [InlineData("extract nowhere.pcap", "nowhere.pcap: no such file")]
    [InlineData("extract nowhere.pcap --schema mine", "ciciomt2024-v2")]
    [InlineData("extract iomtad.dll --rows 0", "--rows")]
    [InlineData("train --data nowhere.pcap --out m", "nowhere.pcap: no such file")]
    [InlineData("train --data iomtad.dll --out m --false-alarm-rate 2", "--false-alarm-rate")]
    [InlineData("simulate --out x.pcap --duration soon", "60s, 10m or 2h")]
    [InlineData("simulate --out x.pcap --attack magic", "no attack 'magic'")]
    [InlineData("simulate --out x.pcap --attack TCP_IP-DoS-SYN@soon", "'soon'")]
    [InlineData("demo --duration soon", "60s, 10m or 2h")]
    [InlineData("replay iomtad.dll", "--kafka BROKERS")]
    [InlineData("replay iomtad.dll --store nowhere", "--model")]
    [InlineData("replay iomtad.dll --speed slow", "1x, 10x or max")]
    [InlineData("serve --model m", "--kafka")]
    [InlineData("demo --listen soon", "no IP address")]
    [InlineData("serve --kafka 127.0.0.1:1 --store nowhere", "iomtad models promote")]
    [InlineData("models promote m", "--data")]
    [InlineData("models promote m --force", "--reason")]
    [InlineData("models promote m --data iomtad.dll --reason r", "--force")]
    [InlineData("models rollback", "--reason")]
    [InlineData("rescore", "--model")]
    public async Task Wrong_use_is_exit_code_two_and_says_what_would_be_right(string line, string hint)
    {
        var result = await Iomtad.RunAsync(Words(line));

        Assert.Equal(ExitCode.WrongUse, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(File.Exists("x.pcap"));
    }

    [Theory]
    [InlineData("detect iomtad.dll --model nowhere", "iomtad train")]
    [InlineData("models show nowhere", "iomtad train")]
    [InlineData("models list nowhere", "iomtad train")]
    [InlineData("models list --store nowhere", "--store")]
    [InlineData("models rollback --reason r --store nowhere", "--store")]
    [InlineData("models promote nowhere --force --reason r", "iomtad train")]
    [InlineData("rescore --model nowhere", "iomtad train")]
    [InlineData("events list --store nowhere", "--store")]
    [InlineData("events verify --store nowhere", "--store")]
    [InlineData("events export --store nowhere", "--store")]
    [InlineData("incidents list --store nowhere", "--store")]
    [InlineData("incidents show abc --store nowhere", "--store")]
    [InlineData("devices list --store nowhere", "--store")]
    [InlineData("views rebuild --store nowhere", "--store")]
    public async Task What_is_missing_is_named_in_one_line_with_the_way_out(string line, string hint)
    {
        var result = await Iomtad.RunAsync(Words(line));

        Assert.Equal(ExitCode.FaultInInput, result.ExitCode);
        var told = Assert.Single(result.ErrorLines);
        Assert.StartsWith("iomtad: no ", told, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", told, StringComparison.Ordinal);
        Assert.Contains(hint, told, StringComparison.Ordinal);
        Assert.False(Directory.Exists("nowhere"));
    }

    /// <summary>The program itself stands for a file that is there.</summary>
    private static string[] Words(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w == "iomtad.dll" ? Path.Combine(AppContext.BaseDirectory, w) : w)];
}
