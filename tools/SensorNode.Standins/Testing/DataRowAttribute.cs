using System;

namespace nanoFramework.TestFramework
{
    /// <summary>One set of arguments for a test.</summary>
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public class DataRowAttribute : Attribute
    {
        public DataRowAttribute(params object[] methodParameters) => MethodParameters = methodParameters;

        public object[] MethodParameters { get; }
    }
}
