// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IDisputeCourt} from "../../../src/interfaces/IDisputeCourt.sol";
import {IFaultProver} from "../../../src/interfaces/IFaultProver.sol";
import {DisputeCourt} from "../../../src/proof/DisputeCourt.sol";
import {Signed} from "../../Signed.sol";

contract DisputeCourtTest is Signed {
    uint128 private constant BOND = 100e18;
    bytes32 private constant KEY = keccak256("gpu");
    address private challenger = makeAddr("challenger");
    address private appellant = makeAddr("appellant");
    bytes32 private root;
    uint256 private deedId;
    uint256 private opened;
    IAttestationRegistry.Statement private statement;

    function setUp() public override {
        super.setUp();
        statement = _statement(KEY, keccak256(abi.encode("root", "gpu")), owner);
        deedId = _deed("gpu", 0);
        root = registry.record(deedId).manifestRoot;
        _bond(challenger);
        _bond(appellant);
        opened = block.timestamp;
    }

    function _bond(address who) private {
        vm.prank(treasury);
        gaib.transfer(who, BOND);
        vm.prank(who);
        gaib.approve(address(disputes), BOND);
    }

    function _open() private returns (uint256 id) {
        vm.prank(challenger);
        id = disputes.open(KEY, root, deedId, "seen");
        vm.warp(opened + 1);
    }

    function _vote(uint256 id, uint256 index, bool upheld) private {
        vm.prank(_signer(index));
        disputes.vote(id, upheld);
    }

    function _phase(uint256 id) private view returns (uint8) {
        return uint8(disputes.dispute(id).phase);
    }

    /// @dev Bonds in = bonds out: what the court holds is what it has promised, and one bond per open dispute and appeal.
    function _holds(uint256 promised) private view {
        assertEq(gaib.balanceOf(address(disputes)), promised);
    }

    /* OPENING */

    function test_openingFreezesAndTakesTheBond() public {
        vm.expectEmit(address(disputes));
        emit IDisputeCourt.DisputeOpened(1, KEY, root, deedId, "seen");
        assertEq(_open(), 1);
        assertEq(disputes.count(), 1);
        assertEq(gaib.balanceOf(challenger), 0);
        _holds(BOND);
        assertFalse(attestations.isAttested(KEY, root, 1));
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Frozen));
        assertEq(disputes.dispute(1).challenger, challenger);
    }

    function test_aDisputeThatNamesNoDeedFreezesTheAssetsOwn() public {
        vm.prank(challenger);
        assertEq(disputes.dispute(disputes.open(KEY, root, 0, "seen")).deedId, deedId);
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Frozen));
    }

    function test_aDeedUnderAnotherManifestIsLeftAlone() public {
        bytes32 next = keccak256("swapped");
        bytes32 digest = registry.amendmentDigest(deedId, next, machine);
        registry.amend(deedId, next, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
        vm.startPrank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.DeedMismatch.selector, deedId));
        disputes.open(KEY, root, deedId, "seen");
        assertEq(disputes.dispute(disputes.open(KEY, root, 0, "seen")).deedId, 0);
        vm.stopPrank();
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Pending));
    }

    function test_openingIsRefused() public {
        vm.startPrank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.NotAttested.selector, KEY, bytes32("none")));
        disputes.open(KEY, "none", 0, "");
        disputes.open(KEY, root, deedId, "");
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.AlreadyDisputed.selector, KEY, root));
        disputes.open(KEY, root, deedId, "");
        vm.stopPrank();
    }

    function test_theWindowCloses() public {
        vm.warp(opened + WINDOW);
        uint256 before = vm.snapshotState();
        vm.prank(challenger);
        disputes.open(KEY, root, deedId, "");
        vm.revertToState(before);
        vm.warp(opened + WINDOW + 1);
        vm.prank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.WindowClosed.selector, opened + WINDOW));
        disputes.open(KEY, root, deedId, "");
    }

    function test_stakeMustStayLongerThanACaseLasts() public {
        DisputeCourt.Setup memory setup =
            DisputeCourt.Setup(BOND, 2 days, 1 days, 1 days, 23 hours, 5_000, 1_000, treasury);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.StakeLeavesTooSoon.selector, 7 days, 7 days));
        new DisputeCourt(address(access), IERC20(gaib), validators, attestations, registry, setup);
    }

    /* ACCUSING */

    function _refused(uint256 id, IFaultProver.SignedStatement memory signed, bytes memory reason) private {
        vm.expectRevert(reason);
        disputes.accuse(id, signed);
    }

    function test_theAccusedIsHeldAndDoesNotVote() public {
        uint256 id = _open();
        vm.expectEmit(address(disputes));
        emit IDisputeCourt.Accused(id, _signer(0));
        disputes.accuse(id, _said(0, statement));
        assertTrue(disputes.accused(id, _signer(0)));
        assertEq(disputes.dispute(id).accusedWeight, STAKE);
        vm.prank(_signer(0));
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.CannotVote.selector, _signer(0)));
        disputes.vote(id, false);
        vm.startPrank(_operator(0));
        validators.requestUnstake(STAKE);
        vm.warp(opened + 4 days - 1);
        vm.expectRevert();
        validators.withdraw(lender);
        vm.stopPrank();
        _refused(id, _said(1, statement), abi.encodeWithSelector(IDisputeCourt.TooLate.selector, opened + 1 days));
    }

    function test_accusingIsRefused() public {
        vm.prank(challenger);
        uint256 id = disputes.open(KEY, root, deedId, "seen");
        _refused(id, _said(0, statement), abi.encodeWithSelector(IDisputeCourt.TooEarly.selector, opened + 1));
        vm.warp(opened + 1);
        IAttestationRegistry.Statement memory other = statement;
        other.manifestRoot = keccak256("other");
        _refused(id, _said(0, other), abi.encodeWithSelector(IDisputeCourt.OtherStatement.selector, id));
        other = _statement(keccak256("other"), root, owner);
        _refused(id, _said(0, other), abi.encodeWithSelector(IDisputeCourt.OtherStatement.selector, id));
        _vote(id, 1, false);
        _refused(id, _said(1, statement), abi.encodeWithSelector(IDisputeCourt.AlreadyNamed.selector, _signer(1)));
        disputes.accuse(id, _said(0, statement));
        _refused(id, _said(0, statement), abi.encodeWithSelector(IDisputeCourt.AlreadyNamed.selector, _signer(0)));
        signerKeys[0] = ownerKey;
        _refused(id, _said(0, statement), abi.encodeWithSelector(IDisputeCourt.NotAValidator.selector, owner));
        _refused(
            9,
            _said(0, statement),
            abi.encodeWithSelector(IDisputeCourt.WrongPhase.selector, 9, IDisputeCourt.Phase.None)
        );
    }

    /* VOTING */

    function test_votingIsOnceAndInTime() public {
        vm.prank(challenger);
        uint256 id = disputes.open(KEY, root, deedId, "seen");
        vm.prank(_signer(0));
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.TooEarly.selector, opened + 1));
        disputes.vote(id, true);
        vm.warp(opened + 1);
        vm.expectEmit(address(disputes));
        emit IDisputeCourt.Voted(id, _signer(0), true, STAKE);
        _vote(id, 0, true);
        vm.prank(_signer(0));
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.CannotVote.selector, _signer(0)));
        disputes.vote(id, true);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.CannotVote.selector, address(this)));
        disputes.vote(id, true);
        vm.warp(opened + 1 days);
        vm.prank(_signer(1));
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.TooLate.selector, opened + 1 days));
        disputes.vote(id, true);
    }

    /// @dev Stake that comes after the opening has no vote.
    function test_stakeOfTheOpeningVotes() public {
        uint256 id = _open();
        _stake(1, 100 * STAKE);
        address late = validators.operatorOf(operators[4]).signer;
        vm.prank(late);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.CannotVote.selector, late));
        disputes.vote(id, true);
    }

    function test_upheldAnnulsSlashesAndPays() public {
        uint256 id = _open();
        disputes.accuse(id, _said(0, statement));
        _vote(id, 1, true);
        _vote(id, 2, true);
        _vote(id, 3, false);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.TooEarly.selector, opened + 2 days));
        disputes.conclude(id);
        vm.warp(opened + 2 days);
        vm.expectEmit(address(disputes));
        emit IDisputeCourt.Decided(id, true, false);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Upheld));
        (,,,, bool annulled) = attestations.attestation(KEY, root);
        assertTrue(annulled);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, deedId));
        registry.ownerOf(deedId);
        vm.prank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.NotAttested.selector, KEY, root));
        disputes.open(KEY, root, 0, "");
        disputes.punish(id, _signer(0));
        assertEq(validators.operatorOf(_operator(0)).leaving, STAKE / 2);
        assertEq(validators.rewards(challenger), STAKE / 2 / 10);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.AlreadyNamed.selector, _signer(0)));
        disputes.punish(id, _signer(0));
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.NotAValidator.selector, _signer(1)));
        disputes.punish(id, _signer(1));
        _holds(BOND);
        vm.prank(challenger);
        assertEq(disputes.claim(challenger), BOND);
        vm.prank(challenger);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.NothingToClaim.selector, challenger));
        disputes.claim(challenger);
        _holds(0);
    }

    function test_rejectedFreesTheDeedAndCostsTheBond() public {
        uint256 id = _open();
        disputes.accuse(id, _said(0, statement));
        _vote(id, 1, true);
        _vote(id, 2, false);
        vm.warp(opened + 2 days);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Rejected));
        assertEq(uint8(registry.record(deedId).state), uint8(IAssetRegistry.State.Active));
        assertTrue(attestations.isAttested(KEY, root, LIVE));
        assertEq(disputes.credit(treasury), BOND);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.WrongPhase.selector, id, IDisputeCourt.Phase.Rejected));
        disputes.punish(id, _signer(0));
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.WrongPhase.selector, id, IDisputeCourt.Phase.Rejected));
        disputes.conclude(id);
    }

    /// @dev A third of the stake that is not accused must vote: one of four is not enough, one of three is.
    function test_turnoutIsAThirdOfTheOthers() public {
        uint256 id = _open();
        _vote(id, 1, true);
        uint256 before = vm.snapshotState();
        vm.warp(opened + 2 days);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Rejected));
        vm.revertToState(before);
        disputes.accuse(id, _said(0, statement));
        vm.warp(opened + 2 days);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Upheld));
    }

    function test_nobodyVotesMeansRejected() public {
        uint256 id = _open();
        for (uint256 i; i < 4; ++i) {
            disputes.accuse(id, _said(i, statement));
        }
        vm.warp(opened + 2 days);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Rejected));
    }

    function test_aDeedThatEndedMeanwhileIsNoObstacle() public {
        uint256 id = _open();
        vm.prank(court);
        registry.annul(deedId, "duplicate");
        _vote(id, 1, true);
        _vote(id, 2, true);
        vm.warp(opened + 2 days);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Upheld));
    }

    /* APPEAL */

    function _appealed(bool vote) private returns (uint256 id) {
        id = _open();
        disputes.accuse(id, _said(0, statement));
        _vote(id, 1, vote);
        _vote(id, 2, vote);
        vm.prank(appellant);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.TooEarly.selector, opened + 1 days));
        disputes.appeal(id);
        vm.warp(opened + 1 days);
        vm.prank(appellant);
        disputes.appeal(id);
        _holds(2 * uint256(BOND));
    }

    function test_governanceTurnsTheVote() public {
        uint256 id = _appealed(true);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        disputes.decide(id, false);
        vm.prank(admin);
        disputes.decide(id, false);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Rejected));
        assertEq(disputes.credit(appellant), BOND);
        assertEq(disputes.credit(treasury), BOND);
        _holds(2 * uint256(BOND));
    }

    function test_governanceKeepsTheVote() public {
        uint256 id = _appealed(false);
        vm.prank(admin);
        disputes.decide(id, false);
        assertEq(disputes.credit(treasury), 2 * uint256(BOND));
        assertEq(disputes.credit(appellant), 0);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.WrongPhase.selector, id, IDisputeCourt.Phase.Rejected));
        disputes.decide(id, true);
    }

    function test_governanceUpholdsAgainstTheVote() public {
        uint256 id = _appealed(false);
        vm.prank(admin);
        disputes.decide(id, true);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Upheld));
        assertEq(disputes.credit(challenger), BOND);
        assertEq(disputes.credit(appellant), BOND);
        disputes.punish(id, _signer(0));
        assertTrue(validators.operatorOf(_operator(0)).jailed);
    }

    function test_appealComesInTime() public {
        uint256 id = _open();
        vm.warp(opened + 2 days);
        vm.prank(appellant);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.TooLate.selector, opened + 2 days));
        disputes.appeal(id);
    }

    /// @dev A silent governance leaves no deed frozen for good: the vote stands, and the appellant has his bond back.
    function test_silenceOfGovernanceEndsTheCase() public {
        uint256 id = _appealed(true);
        vm.warp(opened + 3 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IDisputeCourt.TooEarly.selector, opened + 3 days));
        disputes.conclude(id);
        vm.warp(opened + 3 days);
        disputes.conclude(id);
        assertEq(_phase(id), uint8(IDisputeCourt.Phase.Upheld));
        assertEq(disputes.credit(appellant), BOND);
        assertEq(disputes.credit(challenger), BOND);
    }

    /* FUZZ */

    /// @dev Bonds in = bonds out, and every case ends, however it is voted, appealed and decided.
    function testFuzz_bondsAreConserved(uint8 votes, bool appeals, uint8 decision) public {
        uint256 id = _open();
        disputes.accuse(id, _said(0, statement));
        for (uint256 i = 1; i < 4; ++i) {
            if (votes >> (2 * i) & 1 == 1) _vote(id, i, votes >> (2 * i + 1) & 1 == 1);
        }
        vm.warp(opened + 1 days);
        uint256 bonds = BOND;
        if (appeals) {
            vm.prank(appellant);
            disputes.appeal(id);
            bonds += BOND;
        }
        if (appeals && decision % 3 != 0) {
            vm.prank(admin);
            disputes.decide(id, decision % 3 == 1);
        } else {
            vm.warp(opened + 3 days);
            disputes.conclude(id);
        }
        assertEq(disputes.credit(challenger) + disputes.credit(appellant) + disputes.credit(treasury), bonds);
        _holds(bonds);
        bool upheld = disputes.dispute(id).phase == IDisputeCourt.Phase.Upheld;
        assertEq(attestations.isAttested(KEY, root, LIVE), !upheld);
        IAssetRegistry.State state = registry.record(deedId).state;
        assertEq(uint8(state), uint8(upheld ? IAssetRegistry.State.Retired : IAssetRegistry.State.Active));
    }
}
