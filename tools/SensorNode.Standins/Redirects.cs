using System;
using System.Reflection;
using SensorNode.Platform;

namespace SensorNode.Standins
{
    /// <summary>
    /// What calls of firmware are turned into when an assembly is loaded, where the device's library has a member that the base library
    /// lacks or answers for another context. Firmware's own source never names this class.
    /// </summary>
    public static class Redirects
    {
        /// <summary>Stands at the head of each handler of firmware that could swallow the end of power.</summary>
        public static void LetPowerOffPass(object exception)
        {
            if (exception is NodePoweredOffException)
            {
                throw new NodePoweredOffException();
            }
        }

        /// <summary>For <c>Assembly.Load(byte[])</c>.</summary>
        public static Assembly LoadAssembly(byte[] rawAssembly)
        {
            NodePlatform platform = NodeRuntime.Enter();
            ArgumentNullException.ThrowIfNull(rawAssembly);
            return platform.Loader?.Load(rawAssembly) ?? throw new NotSupportedException("The node has no loader.");
        }

        /// <summary>For <c>Assembly.Load(string)</c>.</summary>
        public static Assembly FindAssembly(string assemblyString)
        {
            NodePlatform platform = NodeRuntime.Enter();
            return platform.Loader?.FindDeployed(assemblyString) ?? throw new ArgumentException("There is no assembly " + assemblyString + ".");
        }

        /// <summary>For <c>Type.GetType(string)</c>, which on the device looks through the deployed assemblies first.</summary>
        public static Type FindType(string typeName) => NodeRuntime.Enter().Loader?.FindDeployedType(typeName) ?? Type.GetType(typeName);

        /// <summary>For <c>Enum.ToString()</c>: the device prints the number.</summary>
        public static string EnumToString(object value) => value is Enum e ? e.ToString("D") : value.ToString();

        /// <summary>For <c>char.ToLower()</c>.</summary>
        public static char ToLower(ref char value) => char.ToLowerInvariant(value);

        /// <summary>For <c>char.ToUpper()</c>.</summary>
        public static char ToUpper(ref char value) => char.ToUpperInvariant(value);

        /// <summary>For <c>TimeSpan.FromHours(long)</c>.</summary>
        public static TimeSpan FromHours(long value) => new(value * TimeSpan.TicksPerHour);

        /// <summary>For <c>TimeSpan.FromDays(long)</c>.</summary>
        public static TimeSpan FromDays(long value) => new(value * TimeSpan.TicksPerDay);
    }
}
