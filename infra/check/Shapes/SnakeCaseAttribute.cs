namespace IoMTAD.Infra.Shapes;

/// <summary>Keys of this type are written with underscores.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SnakeCaseAttribute : Attribute;
