namespace SensorNode.Boards
{
    /// <summary>What the firmware must know of a board. Data only.</summary>
    public sealed class BoardProfile
    {
        /// <summary>Name in node.conf, and of the folder under boards.</summary>
        public string Name;

        /// <summary>nanoff target.</summary>
        public string NanoffTarget;

        /// <summary>I2C bus the sensors hang on, 1 or 2.</summary>
        public int I2cBusId;

        /// <summary>GPIO of SDA.</summary>
        public int I2cDataPin;

        /// <summary>GPIO of SCL.</summary>
        public int I2cClockPin;

        /// <summary>Bus clock, in Hz.</summary>
        public int I2cClockHz;

        /// <summary>GPIO of a plain LED, or -1.</summary>
        public int LedPin;

        /// <summary>True where the LED lights when its pin is low.</summary>
        public bool IsLedOnWhenLow;

        /// <summary>GPIO of a button that pulls it low and is free while firmware runs, usually the boot button; or -1.</summary>
        public int ButtonPin;

        /// <summary>Flash, in KB.</summary>
        public int FlashKilobytes;

        /// <summary>Size of drive I:, in KB.</summary>
        public int FileSystemKilobytes;

        /// <summary>Managed heap the profile counts on, in KB.</summary>
        public int HeapKilobytes;

        /// <summary>Largest window the heap can hold, in samples.</summary>
        public int WindowPointsMax;
    }
}
