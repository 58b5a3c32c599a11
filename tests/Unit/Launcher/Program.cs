using System;
using System.Reflection;
using nanoFramework.TestFramework;

namespace SensorNode.UnitLauncher
{
    /// <summary>Runs the test library that is deployed beside it, whose assembly must be named NFUnitTest, and prints one line a test.</summary>
    /// <remarks>
    /// Lines: PASS name; FAIL name: reason; SKIP name: reason; at the end TOTAL passed P failed F skipped S. A class whose [Setup]
    /// fails or skips is not run, and each of its tests gets a line that says so. Returns the number of failures.
    /// </remarks>
    public static class Program
    {
        private static int s_passed;
        private static int s_failed;
        private static int s_skipped;

        public static int Main()
        {
            Type[] types = Assembly.Load("NFUnitTest").GetTypes();
            for (int i = 0; i < types.Length; i++)
            {
                if (types[i].IsClass && Has(types[i].GetCustomAttributes(true), typeof(TestClassAttribute)))
                {
                    RunClass(types[i].GetMethods());
                }
            }

            Console.WriteLine("TOTAL passed " + s_passed.ToString() + " failed " + s_failed.ToString() + " skipped " + s_skipped.ToString());
            return s_failed;
        }

        private static void RunClass(MethodInfo[] methods)
        {
            string reason = RunAll(methods, typeof(SetupAttribute));
            for (int i = 0; i < methods.Length; i++)
            {
                RunTest(methods[i], reason);
            }

            if (reason == null)
            {
                RunAll(methods, typeof(CleanupAttribute));
            }
        }

        /// <summary>Runs the methods of a class that carry an attribute, up to the first that fails.</summary>
        /// <returns>Null, or why the tests of the class cannot run.</returns>
        private static string RunAll(MethodInfo[] methods, Type attribute)
        {
            for (int i = 0; i < methods.Length; i++)
            {
                if (!Has(methods[i].GetCustomAttributes(true), attribute))
                {
                    continue;
                }

                try
                {
                    methods[i].Invoke(null, null);
                }
                catch (SkipTestException e)
                {
                    return "SKIP" + e.Message;
                }
                catch (Exception e)
                {
                    return "FAIL" + methods[i].Name + ": " + Describe(e);
                }
            }

            return null;
        }

        private static void RunTest(MethodInfo method, string classReason)
        {
            object[] attributes = method.GetCustomAttributes(true);
            bool ran = false;
            for (int i = 0; i < attributes.Length; i++)
            {
                if (attributes[i].GetType() == typeof(DataRowAttribute))
                {
                    ran = true;
                    RunOne(method, ((DataRowAttribute)attributes[i]).MethodParameters, NameOf(method) + " row " + i.ToString(), classReason);
                }
            }

            if (!ran && Has(attributes, typeof(TestMethodAttribute)))
            {
                RunOne(method, null, NameOf(method), classReason);
            }
        }

        private static void RunOne(MethodInfo method, object[] parameters, string name, string classReason)
        {
            string outcome = classReason;
            if (classReason == null)
            {
                try
                {
                    method.Invoke(null, parameters);
                }
                catch (SkipTestException e)
                {
                    outcome = "SKIP" + e.Message;
                }
                catch (Exception e)
                {
                    outcome = "FAIL" + Describe(e);
                }
            }

            Report(name, outcome);
        }

        private static void Report(string name, string outcome)
        {
            if (outcome == null)
            {
                s_passed++;
                Console.WriteLine("PASS " + name);
                return;
            }

            string reason = outcome.Substring(4);
            if (outcome.Substring(0, 4) == "SKIP")
            {
                s_skipped++;
                Console.WriteLine("SKIP " + name + ": " + reason);
            }
            else
            {
                s_failed++;
                Console.WriteLine("FAIL " + name + ": " + reason);
            }
        }

        private static string NameOf(MethodInfo method)
        {
            return method.DeclaringType.FullName + "." + method.Name;
        }

        private static string Describe(Exception e)
        {
            string text = e.GetType().FullName;
            return e.Message == null ? text : text + " " + e.Message;
        }

        private static bool Has(object[] attributes, Type attribute)
        {
            for (int i = 0; i < attributes.Length; i++)
            {
                if (attributes[i].GetType() == attribute)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
