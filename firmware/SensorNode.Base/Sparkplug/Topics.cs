namespace SensorNode.Sparkplug
{
    /// <summary>The topics of one edge node, built once.</summary>
    public sealed class Topics
    {
        public readonly string Birth;
        public readonly string Death;
        public readonly string Data;
        public readonly string Command;

        /// <summary>STATE topic of the primary host, or null without one.</summary>
        public readonly string HostState;

        public Topics(string group, string node, string primaryHost)
        {
            string prefix = "spBv1.0/" + group + "/";
            Birth = prefix + "NBIRTH/" + node;
            Death = prefix + "NDEATH/" + node;
            Data = prefix + "NDATA/" + node;
            Command = prefix + "NCMD/" + node;
            HostState = primaryHost.Length > 0 ? "spBv1.0/STATE/" + primaryHost : null;
        }
    }
}
