using System.Text.RegularExpressions;
using Xunit;

namespace SensorNode.Tool.Tests;

/// <summary>Every link within the repository leads somewhere.</summary>
public class DocumentLinksTests
{
    [Fact]
    public void EveryLink_LeadsToAFileOrFolder()
    {
        string root = RepositoryFile.Path("");
        var dead = new List<string>();
        int count = 0;
        string[] ignored = ["artifacts", "node_modules", ".git", "bin", "obj"];
        foreach (string document in Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(root, document);
            if (name.Split(Path.DirectorySeparatorChar).Any(ignored.Contains))
            {
                continue;
            }

            foreach (Match link in Regex.Matches(File.ReadAllText(document), @"\]\(([^)#\s]+)(#[^)]*)?\)"))
            {
                string target = link.Groups[1].Value;
                string path = Path.Combine(Path.GetDirectoryName(document)!, target);
                if (!target.Contains("://", StringComparison.Ordinal))
                {
                    count++;
                    if (!File.Exists(path) && !Directory.Exists(path))
                    {
                        dead.Add($"{name}: {target}");
                    }
                }
            }
        }

        Assert.True(count > 10, $"only {count} links were found");
        Assert.True(dead.Count == 0, string.Join('\n', dead));
    }
}
