using Spectre.Console;

namespace IoMTAD.Local.Commands;

/// <summary>A progress bar on standard error, for work that takes longer than a breath. Nothing is drawn where no person looks.</summary>
internal static class Bar
{
    /// <param name="work">Reports the part done, 0 to 1.</param>
    public static Task<T> RunAsync<T>(Terminal terminal, string title, Func<Action<double>, Task<T>> work, bool quiet = false) =>
        RunAsync(terminal, title, (report, _) => work(report), quiet);

    /// <param name="work">Reports the part done, 0 to 1, and a few words on how it goes.</param>
    public static async Task<T> RunAsync<T>(
        Terminal terminal, string title, Func<Action<double>, Action<string>, Task<T>> work, bool quiet = false)
    {
        if (quiet || !terminal.IsAttended) return await work(_ => { }, _ => { });
        return await terminal.Progress.Progress().HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                var result = await work(done => task.Value = done, text => task.Description = Markup.Escape($"{title} · {text}"));
                task.Value = 1;
                return result;
            });
    }
}
