using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Composition;

/// <summary>What edited files come to.</summary>
/// <param name="Takes">What has to be taken anew.</param>
/// <param name="Site">The site that they describe; null where nothing takes effect.</param>
/// <param name="Words">The words for whoever asked.</param>
internal sealed record EditedSite(SiteChange Takes, Site? Site, string Words);
