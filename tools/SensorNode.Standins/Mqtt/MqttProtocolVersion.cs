namespace nanoFramework.M2Mqtt
{
    /// <summary>Protocol versions; the stand-in speaks 3.1.1.</summary>
    public enum MqttProtocolVersion
    {
        Version_3_1 = 3,
        Version_3_1_1 = 4,
        Version_5 = 5
    }
}
