namespace IoMTAD.Policy;

public enum Severity { Low, Medium, High, Critical }
