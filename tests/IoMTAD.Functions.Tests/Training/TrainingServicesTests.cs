using IoMTAD.Functions.Training;
using IoMTAD.Hosting.Inference;
using IoMTAD.Hosting.Settings;
using IoMTAD.Local.Views;
using IoMTAD.Recording;
using IoMTAD.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IoMTAD.Functions.Tests.Training;

public sealed class TrainingServicesTests
{
    [Fact]
    public async Task All_that_the_functions_need_is_there()
    {
        await using var ward = new TrainingWard();
        var configuration = Configuration(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("Training:Data", "data/ward"));
        await using var services = new ServiceCollection().AddLogging()
            .AddSingleton<IEventStore>(ward.Store.Events).AddSingleton<IModelStore>(ward.Models)
            .AddSingleton<IReadModels>(new SqliteReadModels(ward.Store.Database, ward.Store.Events)).AddSingleton(TimeProvider.System)
            .AddTraining(configuration).BuildServiceProvider();
        Assert.NotNull(ActivatorUtilities.CreateInstance<TrainingActivities>(services));
        Assert.NotNull(ActivatorUtilities.CreateInstance<TrainModelsSchedule>(services));
        Assert.NotNull(ActivatorUtilities.CreateInstance<WatchDrift>(services));
    }

    [Fact]
    public void Settings_are_read()
    {
        Assert.Equal(new TrainingSettings("ward", null, null, null), TrainingSettings.Read(Configuration()));
        Assert.Equal(new TrainingSettings("icu", "data/icu", TimeSpan.FromHours(48), 0.001), TrainingSettings.Read(Configuration(
            ("Training:Model", "icu"), ("Training:Data", "data/icu"), ("Training:Approval", "48h"), ("Training:FalseAlarmRate", "0.001"))));
    }

    [Theory]
    [InlineData("Approval", "two days")]
    [InlineData("Approval", "0h")]
    [InlineData("FalseAlarmRate", "1")]
    [InlineData("FalseAlarmRate", "0")]
    [InlineData("FalseAlarmRate", "1 %")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value) => Assert.Contains($"Training:{name}",
        Assert.Throws<SettingsException>(() => TrainingSettings.Read(Configuration(($"Training:{name}", value)))).Message, StringComparison.Ordinal);

    private static IConfiguration Configuration(params IEnumerable<(string Name, string Value)> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
