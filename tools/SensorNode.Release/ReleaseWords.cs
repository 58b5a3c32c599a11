using SensorNode.Crypto;
using SensorNode.Update;

namespace SensorNode.Release;

/// <summary>The firmware's error numbers in words.</summary>
public static class ReleaseWords
{
    /// <summary>Why bytes are no release.</summary>
    public static string Of(ReleaseError error) => error switch
    {
        ReleaseError.TooShort => "it is shorter than its own lengths say",
        ReleaseError.NotARelease => "it does not begin as one",
        ReleaseError.UnknownFormat => "it has a format that this version does not know",
        ReleaseError.BadName => "product, board or an assembly has no proper name",
        ReleaseError.BadKind => "its kind or class is not known",
        ReleaseError.BadSize => "a size in it is out of range",
        ReleaseError.BadLayout => "a reserved field is not zero, a number is negative, or bytes are left over",
        _ => "error " + (int)error,
    };

    /// <summary>What is wrong with a signature.</summary>
    public static string Of(SignatureStatus status) => status switch
    {
        SignatureStatus.BadKey => "the public key is of no known form",
        SignatureStatus.BadForm => "it is not of the form that the key asks for",
        SignatureStatus.Mismatch => "it is of another key or another manifest",
        _ => "error " + (int)status,
    };
}
