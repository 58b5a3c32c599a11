namespace SensorNode.Sparkplug
{
    /// <summary>The topics of one edge node, built once.</summary>
    public sealed class Topics
    {
        public readonly string Birth;
        public readonly string Death;
        public readonly string Data;
        public readonly string Command;

        /// <summary>Outside Sparkplug's name space: a message of QoS 1 here is acknowledged once all before it has arrived. Nobody needs to read it.</summary>
        public readonly string Mark;

        /// <summary>STATE topic of the primary host, or null without one.</summary>
        public readonly string HostState;

        public Topics(string group, string node, string primaryHost)
        {
            string prefix = "spBv1.0/" + group + "/";
            Birth = prefix + "NBIRTH/" + node;
            Death = prefix + "NDEATH/" + node;
            Data = prefix + "NDATA/" + node;
            Command = prefix + "NCMD/" + node;
            Mark = "sensornode/" + group + "/" + node + "/journal";
            HostState = primaryHost.Length > 0 ? "spBv1.0/STATE/" + primaryHost : null;
        }
    }
}
