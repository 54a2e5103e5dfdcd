using IoMTAD.Features;

namespace IoMTAD.Core.Tests.Features;

public sealed class DatasetSchemaTests
{
    private const string PublishedV1 =
        "Header_Length,Protocol Type,Duration,Rate,Srate,Drate,fin_flag_number,syn_flag_number,rst_flag_number,psh_flag_number," +
        "ack_flag_number,ece_flag_number,cwr_flag_number,ack_count,syn_count,fin_count,rst_count,HTTP,HTTPS,DNS,Telnet,SMTP,SSH,IRC,TCP,UDP," +
        "DHCP,ARP,ICMP,IGMP,IPv,LLC,Tot sum,Min,Max,AVG,Std,Tot size,IAT,Number,Magnitue,Radius,Covariance,Variance,Weight";

    private const string PublishedV2 =
        "Header_Length,Protocol Type,Time_To_Live,Rate,fin_flag_number,syn_flag_number,rst_flag_number,psh_flag_number,ack_flag_number," +
        "ece_flag_number,cwr_flag_number,ack_count,syn_count,fin_count,rst_count,HTTP,HTTPS,DNS,Telnet,SMTP,SSH,IRC,TCP,UDP,DHCP,ARP,ICMP," +
        "IGMP,IPv,LLC,Tot sum,Min,Max,AVG,Std,Tot size,IAT,Number,Variance";

    [Fact]
    public void Columns_stand_in_the_published_order()
    {
        Assert.Equal(PublishedV1, string.Join(',', CicIoMT2024.V1.Columns.Select(c => c.Name)));
        Assert.Equal(PublishedV2, string.Join(',', CicIoMT2024.V2.Columns.Select(c => c.Name)));
    }

    [Fact]
    public void Models_see_no_column_that_leaks()
    {
        string[] leaking = ["Srate", "Drate", "LLC", "IAT", "Number", "Weight"];
        Assert.Equal(39, CicIoMT2024.V1.ModelColumns.Count);
        Assert.Equal(36, CicIoMT2024.V2.ModelColumns.Count);
        foreach (var schema in new[] { CicIoMT2024.V1, CicIoMT2024.V2 })
            Assert.DoesNotContain(Enumerable.Range(0, schema.ModelColumns.Count), i => leaking.Contains(schema.ModelFeature(i).Name));
    }
}
