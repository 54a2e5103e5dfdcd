namespace IoMTAD.Capture;

/// <summary>Takes one frame; its bytes are valid until the handler returns.</summary>
public delegate void FrameHandler(in Frame frame);
