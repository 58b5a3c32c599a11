namespace SensorNode.Platform;

/// <summary>How a timeline moves on while every thread waits.</summary>
public enum ClockMode
{
    /// <summary>At once to the next event. Two runs give the same order of everything.</summary>
    Virtual,

    /// <summary>As real time does, times a speed. A busy computer makes the timeline late, never the threads.</summary>
    Scaled
}
