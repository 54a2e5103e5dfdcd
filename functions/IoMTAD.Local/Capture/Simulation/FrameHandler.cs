using IoMTAD.Capture;

namespace IoMTAD.Local.Capture.Simulation;

/// <summary>Takes one frame; its bytes are valid until the handler returns.</summary>
public delegate void FrameHandler(in Frame frame);
