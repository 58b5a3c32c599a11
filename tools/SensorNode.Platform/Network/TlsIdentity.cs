namespace SensorNode.Platform;

/// <summary>What one side of a TLS connection of a node brings and trusts. Certificates and keys are PEM text or DER bytes.</summary>
/// <param name="Authority">The certificate that must have signed the server's, or several in one PEM text, one of which must; null to trust the computer's own list.</param>
/// <param name="Certificate">The node's certificate; null for none.</param>
/// <param name="PrivateKey">Its key.</param>
/// <param name="IsServerChecked">False accepts any server.</param>
public sealed record TlsIdentity(byte[]? Authority, byte[]? Certificate, byte[]? PrivateKey, bool IsServerChecked);
