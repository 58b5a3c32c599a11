namespace SensorNode.Site;

/// <summary>Changes a site's authority while every node keeps its broker: begin, switch, finish.</summary>
public static class RollOver
{
    /// <summary>Makes the second authority and trusts both.</summary>
    public static void Begin(SiteFolder site)
    {
        Expect(site, RollOverState.None, "begin");
        site.MakeAuthority(site.Settings.Generation + 1);
        site.Save(site.Settings with { RollOver = RollOverState.Begun });
        site.WriteAnchors();
    }

    /// <summary>Lets the second authority sign from now on. The tool's own identity is made anew at once; other hosts' must be carried to them.</summary>
    /// <exception cref="SiteException">A node does not trust the second one yet; it would lose the broker.</exception>
    public static void Switch(SiteFolder site)
    {
        Expect(site, RollOverState.Begun, "switch");
        string wanted = site.AnchorNames().Split(' ')[1];
        Refuse(site.Inventory.Rows.Where(row => row.State != InventoryRow.StateRetired && !row.Anchors.Split(' ').Contains(wanted)).Select(row => row.Name),
            "without the new authority as an anchor, so lost to a broker that shows a certificate of it; renew them, or retire them");
        site.Save(site.Settings with { Generation = site.Settings.Generation + 1, RollOver = RollOverState.Switched });
        site.WriteAnchors();
        site.MakeHost(SiteFolder.ToolHost, mayControl: false);
    }

    /// <summary>Trusts the second authority only.</summary>
    /// <exception cref="SiteException">A node or host still has a certificate of the first one.</exception>
    public static void Finish(SiteFolder site)
    {
        Expect(site, RollOverState.Switched, "finish");
        string issuer = site.AnchorNames().Split(' ')[0];
        Refuse(site.Inventory.Rows.Where(row => row.State != InventoryRow.StateRetired && row.Issuer != issuer).Select(row => row.Name)
            .Concat(site.Settings.Hosts.Where(host => host.Issuer != issuer).Select(host => AccessRules.HostPrefix + host.Name)),
            "with a certificate of the old authority; renew them (hosts: site host NAME), or retire them");
        int old = site.Settings.Generation - 1;
        site.Save(site.Settings with { RollOver = RollOverState.None });
        site.WriteAnchors();
        File.Delete(site.FileOf($"ca-{old}.key"));
    }

    private static void Expect(SiteFolder site, RollOverState state, string verb)
    {
        if (site.Settings.HasOutsideAuthority)
        {
            throw new SiteException($"{site.Path}: this site has an outside authority; put both certificates into anchors.pem and renew the nodes");
        }

        if (site.Settings.RollOver != state)
        {
            string next = site.Settings.RollOver switch { RollOverState.None => "begin", RollOverState.Begun => "switch", _ => "finish" };
            throw new SiteException($"rollover {verb}: the site is not there yet or past it; the next word is {next}");
        }
    }

    private static void Refuse(IEnumerable<string> names, string why)
    {
        string[] all = [.. names];
        if (all.Length > 0)
        {
            string more = all.Length > 10 ? $" and {all.Length - 10} more" : "";
            throw new SiteException($"{all.Length} {(all.Length == 1 ? "is" : "are")} {why}: {string.Join(", ", all.Take(10))}{more}");
        }
    }
}
