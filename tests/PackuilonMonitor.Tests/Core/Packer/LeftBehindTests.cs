using PackuilonMonitor.Core.Packer;

namespace PackuilonMonitor.Tests.Core.Packer;

public sealed class LeftBehindTests
{
    [Test]
    public void LeftBehind_OfLogThatJustStops_IsServerAndKeypairWithTheirCommands() =>
        Assert.That(
            LeftBehind.Of(
                GivenLog.Log([
                    .. GivenLog.Start.Take(4),
                    GivenLog.Step($"Created temporary keypair: {GivenLog.Keypair}"),
                    .. GivenLog.Start.Skip(4),
                ])
            ),
            Is.EqualTo(
                (LeftBehind[])
                    [
                        new(LeftKind.Server, GivenLog.Server, $"openstack server delete {GivenLog.Server}"),
                        new(LeftKind.Keypair, GivenLog.Keypair, $"openstack keypair delete '{GivenLog.Keypair}'"),
                    ]
            )
        );

    [Test]
    public void LeftBehind_OfTwoThingsWithOneId_AreBoth() =>
        Assert.That(
            LeftBehind
                .Of(GivenLog.Log([GivenLog.Output($"Server ID: {GivenLog.Server}"), GivenLog.Output($"Volume ID: {GivenLog.Server}")]))
                .Select(left => left.Kind),
            Is.EquivalentTo(new[] { LeftKind.Server, LeftKind.Volume })
        );

    [Test]
    public void LeftBehind_OfBuildThatClearedUp_IsNothing() =>
        Assert.That(LeftBehind.Of(GivenLog.Log([.. GivenLog.Start, .. GivenLog.ClearingUp])), Is.Empty);

    [Test]
    public void LeftBehind_WhereClearingUpFailed_IsWhatPackerSaysMayStillBeAround()
    {
        var log = GivenLog.Log([
            .. GivenLog.Start,
            .. GivenLog.ClearingUp,
            GivenLog.Red("==> openstack: Error terminating server, may still be around: 503"),
        ]);

        Assert.That(LeftBehind.Of(log).Select(left => left.Kind), Is.EqualTo((LeftKind[])[LeftKind.Server]));
    }

    [TestCase("$(reboot)")]
    [TestCase("5e5f2a1b-0c3d-4e5f-8a9b-0c1d2e3f4a5b;reboot")]
    [TestCase("--all")]
    public void LeftBehind_OfIdThatIsNone_OffersNoCommand(string id) =>
        Assert.That(
            LeftBehind.Of(GivenLog.Log([GivenLog.Output($"Server ID: {id}")])),
            Is.EqualTo((LeftBehind[])[new(LeftKind.Server, id, null)]));

    [TestCase("x'; reboot; '")]
    [TestCase("--help")]
    [TestCase("$(reboot)")]
    [TestCase("ключ")]
    public void LeftBehind_OfKeypairNameThatIsNone_OffersNoCommand(string name) =>
        Assert.That(
            LeftBehind.Of(GivenLog.Log([GivenLog.Step($"Created temporary keypair: {name}")])),
            Is.EqualTo((LeftBehind[])[new(LeftKind.Keypair, name, null)]));
}
