using FsCheck;
using FsCheck.Fluent;
using IoMTAD.Functions.Response;
using IoMTAD.Policy.Incidents;
using IoMTAD.Policy.Notifications;
using IoMTAD.Tests.Response;

namespace IoMTAD.Functions.Tests.Response;

public sealed class SmsTextTests
{
    [Fact]
    public void A_message_says_in_one_part_what_is_the_matter_and_where_to_look()
    {
        var text = SmsText.Of(Sample.Notification(), Sample.Page);
        Assert.Equal(
            "[High] pump-03 (icu-1): talks differently from normal, suspected SYN flood\nhttps://iomtad.hospital.example/#/incidents/1b2c3d4e5f60", text);
        Assert.Equal(1, SmsText.Parts(text));
        Assert.EndsWith("\nIncident 1b2c3d4e5f60", SmsText.Of(Sample.Notification(), null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, 'ł', 1)]
    [InlineData(71, 'ł', 2)]
    [InlineData(134, 'ł', 2)]
    [InlineData(135, 'ł', 3)]
    public void Parts_are_counted_as_the_network_counts_them(int letters, char letter, int parts) =>
        Assert.Equal(parts, SmsText.Parts(new string(letter, letters)));

    [Fact]
    public void A_cut_falls_into_the_words_and_not_into_the_place_to_look()
    {
        var text = SmsText.Of(Sample.Notification() with { Text = $"pump-03 {string.Concat(Enumerable.Repeat("🚨ł", 200))}" }, Sample.Page);
        Assert.Equal(2, SmsText.Parts(text));
        Assert.EndsWith("...\nhttps://iomtad.hospital.example/#/incidents/1b2c3d4e5f60", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n')[0].Replace("🚨", "", StringComparison.Ordinal), char.IsSurrogate);
    }

    [Fact]
    public void No_text_and_no_address_takes_more_than_two_parts() => Prop.ForAll<string, string, NotificationPurpose>((words, path, purpose) =>
    {
        var page = Uri.TryCreate($"https://h.example/{string.Concat(Enumerable.Repeat(path ?? "", 20))}/", UriKind.Absolute, out var made) ? made : Sample.Page;
        var text = SmsText.Of(Sample.Notification(purpose: purpose) with { Text = words ?? "" }, page);
        return SmsText.Parts(text) <= 2;
    }).QuickCheckThrowOnFailure();
}
