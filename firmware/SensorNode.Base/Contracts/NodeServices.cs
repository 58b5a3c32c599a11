using SensorNode.Configuration;
using SensorNode.Storage;
using SensorNode.Supervision;
using SensorNode.Update;

namespace SensorNode.Contracts
{
    /// <summary>Everything the application may use, put together by the composition root.</summary>
    public sealed class NodeServices
    {
        /// <summary>The configuration in force.</summary>
        public NodeConfiguration Configuration;

        /// <summary>Where changes of the configuration are stored.</summary>
        public ConfigurationStore Settings;

        /// <summary>Earliest time that can be now, from flash.</summary>
        public ClockFloor ClockFloor;

        /// <summary>What happened to the node, from flash.</summary>
        public EventLog Events;

        /// <summary>LED and button.</summary>
        public IPanel Panel;

        /// <summary>What an engineer at the node has asked for.</summary>
        public readonly Commissioning Commissioning = new Commissioning();

        /// <summary>The accelerometer, identified but not configured.</summary>
        public IAccelerometer Accelerometer;

        /// <summary>The temperature sensor; one that says "none" where none is fitted.</summary>
        public ITemperatureSensor TemperatureSensor;

        /// <summary>Time.</summary>
        public IClock Clock;

        /// <summary>Flash files.</summary>
        public IFileStore Files;

        /// <summary>The connection to the broker.</summary>
        public IMessageLink Link;

        /// <summary>Takes releases; the application asks it whether to restart, tells it of windows, reads the model from it.</summary>
        public UpdateAgent Update;

        /// <summary>Wi-Fi and time of day.</summary>
        public INetwork Network;

        /// <summary>The board.</summary>
        public ISystem System;

        /// <summary>The console.</summary>
        public ILog Log;

        /// <summary>What was kept through the deep sleep that this start has ended; null for any other start, and once it was taken.</summary>
        public SleepState Slept;

        /// <summary>Why the node started this time.</summary>
        public RestartReason RestartReason;

        /// <summary>Starts since the flash was formatted, this one included.</summary>
        public int BootCount;

        /// <summary>The node's Sparkplug name.</summary>
        public string NodeName;

        /// <summary>What the board cannot run.</summary>
        public IBoardRules BoardRules;

        /// <summary>Name of the board profile, for example esp32-devkitc.</summary>
        public string BoardName;

        /// <summary>Sentences on all metrics, for births; null where these must be short.</summary>
        public IMetricTexts Texts;
    }
}
