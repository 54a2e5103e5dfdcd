using IoMTAD.Benchmarks;

return Suite.Run(args);
