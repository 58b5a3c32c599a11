namespace SensorNode.Contracts
{
    /// <summary>Why the node started. The platform does not tell, so the node writes it down before it restarts itself.</summary>
    public enum RestartReason
    {
        /// <summary>Nothing was written down: power came back, or the reset button.</summary>
        PowerOn = 0,

        /// <summary>A command asked for it.</summary>
        Command = 1,

        /// <summary>A new configuration asked for it.</summary>
        Configuration = 2,

        /// <summary>An update asked for it.</summary>
        Update = 3,

        /// <summary>An exception that nobody caught.</summary>
        Fault = 4,

        /// <summary>A thread did not report in time.</summary>
        Watchdog = 5,

        /// <summary>The network could not be brought back in any other way.</summary>
        Network = 6,

        /// <summary>A changed configuration did not come to a connection in time and was withdrawn.</summary>
        ConfigurationWithdrawn = 7,

        /// <summary>A factory reset was asked for.</summary>
        FactoryReset = 8,

        /// <summary>The node's own timer ended its deep sleep. Not stored, and no start of its own: the node goes on.</summary>
        Wake = 9,

        /// <summary>The accelerometer, which did not answer when the node started, does now.</summary>
        Sensor = 10,

        /// <summary>The node has run for so long that the platform's tick counter will soon begin anew.</summary>
        Age = 11
    }
}
