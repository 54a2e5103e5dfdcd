using System.Runtime.InteropServices;
using IoMTAD.Local.Commands;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    // The first Ctrl-C asks for an orderly end, the second one takes it.
    e.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
// Service managers and containers ask by SIGTERM.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
return await CommandLine.RunAsync(args, Terminal.Process(), stop.Token);
