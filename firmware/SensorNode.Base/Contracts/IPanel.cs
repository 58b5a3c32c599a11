namespace SensorNode.Contracts
{
    /// <summary>What a person can see and press at the board.</summary>
    public interface IPanel
    {
        /// <summary>True where the board has an LED that can be switched.</summary>
        bool HasLed { get; }

        /// <summary>True while the button is held; false where the board has none.</summary>
        bool IsButtonDown { get; }

        /// <summary>Switches the LED. Does nothing where there is none.</summary>
        void SetLed(bool isOn);
    }
}
