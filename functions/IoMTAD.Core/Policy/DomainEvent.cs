namespace IoMTAD.Policy;

/// <summary>Something that was decided. Its stored name is the type's name; a shape once stored is only ever added to.</summary>
public abstract record DomainEvent;
