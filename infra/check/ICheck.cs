namespace IoMTAD.Infra;

/// <summary>Holds files of one kind against what is known of them.</summary>
internal interface ICheck
{
    /// <summary>As <c>--only</c> takes it.</summary>
    string Name { get; }

    /// <summary>What it looks at and for, in one line.</summary>
    string Purpose { get; }

    void Run(DeploymentTree tree, Report report);
}
