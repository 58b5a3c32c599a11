using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class MetricCatalogTests
    {
        [TestMethod]
        public static void EveryMetric_IsDescribed()
        {
            MetricDescription description = new MetricDescription();
            ConfigurationItem item = new ConfigurationItem();
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                table.Describe(metric, description, item);
                Assert.IsTrue(description.Name.Length > 0 && description.Name.Length <= 100, metric.ToString());
                Assert.IsTrue(description.Datatype >= SparkplugDatatype.Int8 && description.Datatype <= SparkplugDatatype.Int16Array, description.Name);
                Assert.IsTrue(description.Divisor >= 1, description.Name);
                Assert.IsTrue(description.Divisor == 1 || description.Datatype == SparkplugDatatype.Float, description.Name);
                Assert.IsTrue(description.Low <= description.High, description.Name);
                for (int i = 0; i < description.Name.Length; i++)
                {
                    char c = description.Name[i];
                    Assert.IsTrue(c >= ' ' && c <= '~' && c != '+' && c != '#', description.Name);
                }
            }
        }

        [TestMethod]
        public static void Names_AreUniqueWhateverTheirCase()
        {
            MetricDescription description = new MetricDescription();
            ConfigurationItem item = new ConfigurationItem();
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            string[] names = new string[Metric.Count];
            for (int metric = 0; metric < Metric.Count; metric++)
            {
                table.Describe(metric, description, item);
                names[metric] = description.Name.ToLower();
                for (int other = 0; other < metric; other++)
                {
                    Assert.IsTrue(names[other] != names[metric], names[metric]);
                }
            }
        }

        [TestMethod]
        public static void Settings_AreWritableWithTheirRangesAndSecretsHaveNoValue()
        {
            MetricDescription description = new MetricDescription();
            ConfigurationItem item = new ConfigurationItem();
            MetricTable table = new MetricTable(new MetricCatalog(), new NodeConfiguration());
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                table.Describe(Metric.ConfigurationFirst + key, description, item);
                Assert.AreEqual("Config/" + item.Name, description.Name);
                Assert.IsTrue(description.IsWritable);
                Assert.AreEqual(item.Kind == ConfigurationKind.Number ? SparkplugDatatype.Int32 : SparkplugDatatype.String, description.Datatype);
            }
        }
    }
}
