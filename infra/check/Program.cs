using IoMTAD.Infra;

return CheckCommand.Build(Console.Out, Console.Error).Parse(args).Invoke();
