namespace SensorNode.Site;

/// <summary>Something of a site cannot be done: one line that says what is wrong, where, and what would be right.</summary>
public sealed class SiteException(string message) : Exception(message);
