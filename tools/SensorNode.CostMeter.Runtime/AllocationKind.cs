namespace SensorNode.CostMeter;

/// <summary>What kind of thing an instruction puts into the device's heap.</summary>
public enum AllocationKind
{
    /// <summary>An object of a class.</summary>
    Object,

    /// <summary>A structure made by its constructor; on the device a heap object.</summary>
    Struct,

    /// <summary>The structures among a method's locals, allocated at each entry.</summary>
    StructLocals,

    /// <summary>The copy made by loading a structure from a local, argument, field or element.</summary>
    StructCopy,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A boxed value.</summary>
    Box,

    /// <summary>A delegate.</summary>
    Delegate,

    /// <summary>The handle of a string literal, made anew at each load.</summary>
    Literal,

    /// <summary>A string made by a platform call.</summary>
    PlatformString,

    /// <summary>An array made by a platform call.</summary>
    PlatformArray,

    /// <summary>Another object made by a platform call, at the cost table's size.</summary>
    PlatformObject,

    /// <summary>What a platform call allocates inside and does not hand out, by the cost table.</summary>
    PlatformInside,
}
