using IoMTAD.Infra;

return CheckCommand.Run(args, Console.Out, Console.Error);
