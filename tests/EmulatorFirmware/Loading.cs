using System;
using System.IO;
using System.Reflection;
using SensorNode.Contracts;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>Loads a second image of this assembly beside the deployed one.</summary>
    public static class Loading
    {
        public static void Main()
        {
            new Greeter().Write("deployed");
            try
            {
                Assembly second = Assembly.Load(File.ReadAllBytes("I:\\app.img"));
                Type type = second.GetType("SensorNode.EmulatorFirmware.Greeter");
                ILog loaded = (ILog)type.GetConstructor(new Type[0]).Invoke(new object[0]);
                loaded.Write("loaded");
                Console.WriteLine("same type " + (type == typeof(Greeter)));
                Console.WriteLine("by name deployed " + (Type.GetType("SensorNode.EmulatorFirmware.Greeter") == typeof(Greeter)));
            }
            catch (ArgumentException)
            {
                Console.WriteLine("refused");
            }

            new Greeter().Write("deployed");
        }
    }
}
