namespace Iot.Device.Bmxx80
{
    /// <summary>The chip's status register.</summary>
    public class DeviceStatus
    {
        public bool Measuring { get; set; }

        public bool ImageUpdating { get; set; }
    }
}
