// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IFaultProver} from "../../../src/interfaces/IFaultProver.sol";
import {Signed} from "../../Signed.sol";

/// @dev A validator against his own words, and against physics.
contract FaultProverWordsTest is Signed {
    bytes32 private constant KEY = keccak256("gpu");
    bytes32 private constant ROOT = keccak256("manifest");
    bytes32 private constant PEAK = keccak256("fp16-peak");
    address private reporter = makeAddr("reporter");

    function _equivocate(
        IFaultProver.SignedStatement memory one,
        IFaultProver.SignedStatement memory other,
        bytes memory reason
    ) private {
        if (reason.length != 0) vm.expectRevert(reason);
        vm.prank(reporter);
        prover.proveEquivocation(one, other);
    }

    function _two(IFaultProver.SignedFigure memory one, IFaultProver.SignedFigure memory other, bytes memory reason)
        private
    {
        if (reason.length != 0) vm.expectRevert(reason);
        vm.prank(reporter);
        prover.proveFigureEquivocation(one, other);
    }

    function _impossible(IFaultProver.SignedFigure memory signed, bytes memory reason) private {
        if (reason.length != 0) vm.expectRevert(reason);
        vm.prank(reporter);
        prover.proveImpossibleFigure(signed);
    }

    function _slashed(uint256 index) private view returns (bool) {
        return validators.operatorOf(_operator(index)).jailed;
    }

    function _figure(uint128 value) private view returns (IAttestationRegistry.Figure memory) {
        return IAttestationRegistry.Figure(KEY, ROOT, HOST, PEAK, value, attestations.currentEpoch());
    }

    /* TWO ATTESTATIONS */

    function test_twoRootsInOneEpochAreSlashed() public {
        IFaultProver.SignedStatement memory one = _said(0, _statement(KEY, ROOT, owner));
        IFaultProver.SignedStatement memory other = _said(0, _statement(KEY, keccak256("other"), owner));
        bytes32 offence = _offence(IFaultProver.Fault.Equivocation, 0, keccak256(abi.encode(KEY, uint64(0))));
        vm.expectEmit(address(prover));
        emit IFaultProver.FaultProved(IFaultProver.Fault.Equivocation, _signer(0), offence, reporter);
        _equivocate(one, other, "");
        assertTrue(_slashed(0));
        assertTrue(prover.punished(offence));
        assertEq(validators.rewards(reporter), STAKE / 10);
        assertEq(validators.slashedPot(), STAKE - STAKE / 10);
        _equivocate(other, one, abi.encodeWithSelector(IFaultProver.AlreadyPunished.selector, offence));
    }

    function test_twoOwnersOrCategoriesAreSlashedToo() public {
        IAttestationRegistry.Statement memory a = _statement(KEY, ROOT, owner);
        IAttestationRegistry.Statement memory b = _statement(KEY, ROOT, lender);
        _equivocate(_said(0, a), _said(0, b), "");
        assertTrue(_slashed(0));
        b = _statement(KEY, ROOT, owner);
        b.category = HOST + 1;
        _equivocate(_said(1, a), _said(1, b), "");
        assertTrue(_slashed(1));
    }

    function test_whatDoesNotConflictIsNoFault() public {
        bytes memory none = abi.encodeWithSelector(IFaultProver.NoConflict.selector);
        IAttestationRegistry.Statement memory a = _statement(KEY, ROOT, owner);
        IAttestationRegistry.Statement memory b = _statement(KEY, ROOT, owner);
        b.validUntil += 1;
        _equivocate(_said(0, a), _said(0, b), none);
        _equivocate(_said(0, a, "x"), _said(0, a, "y"), none);
        b.manifestRoot = keccak256("other");
        (a.kinds, b.kinds) = (1, 6);
        _equivocate(_said(0, a), _said(0, b), none);
        (b.kinds, b.epoch) = (1, 1);
        _equivocate(_said(0, a), _said(0, b), none);
        (b.epoch, b.assetKey) = (0, keccak256("other gpu"));
        _equivocate(_said(0, a), _said(0, b), none);
        assertFalse(_slashed(0));
    }

    function test_twoSignersAreNotOne() public {
        bytes memory reason = abi.encodeWithSelector(IFaultProver.DifferentSigners.selector, _signer(0), _signer(1));
        _equivocate(_said(0, _statement(KEY, ROOT, owner)), _said(1, _statement(KEY, "other", owner)), reason);
        uint256 stranger = signerKeys.length;
        signerKeys.push(ownerKey);
        reason = abi.encodeWithSelector(IFaultProver.NotAValidator.selector, owner);
        IFaultProver.SignedStatement memory one = _said(stranger, _statement(KEY, ROOT, owner));
        _equivocate(one, _said(stranger, _statement(KEY, "other", owner)), reason);
    }

    /// @dev Words signed with a key that was changed since stay the operator's, and leaving stake still pays for them.
    function test_oldKeyAndLeavingStakeAreNoWayOut() public {
        address operator = _operator(0);
        IFaultProver.SignedStatement memory one = _said(0, _statement(KEY, ROOT, owner));
        IFaultProver.SignedStatement memory other = _said(0, _statement(KEY, "other", owner));
        vm.startPrank(operator);
        validators.changeSigner(makeAddr("fresh"));
        validators.requestUnstake(STAKE);
        vm.stopPrank();
        vm.warp(block.timestamp + 7 days - 1);
        _equivocate(one, other, "");
        assertEq(validators.operatorOf(operator).leaving, 0);
        assertTrue(validators.operatorOf(operator).jailed);
    }

    /* FIGURES */

    function test_twoFiguresInOneEpochAreSlashed() public {
        _two(_figured(0, _figure(900)), _figured(0, _figure(901)), "");
        assertTrue(_slashed(0));
        bytes32 offence =
            _offence(IFaultProver.Fault.FigureEquivocation, 0, keccak256(abi.encode(KEY, uint64(0), PEAK)));
        _two(
            _figured(0, _figure(900)),
            _figured(0, _figure(902)),
            abi.encodeWithSelector(IFaultProver.AlreadyPunished.selector, offence)
        );
    }

    function test_figuresThatDoNotConflict() public {
        bytes memory none = abi.encodeWithSelector(IFaultProver.NoConflict.selector);
        IAttestationRegistry.Figure memory other = _figure(900);
        _two(_figured(0, _figure(900)), _figured(0, other), none);
        (other.value, other.epoch) = (901, 1);
        _two(_figured(0, _figure(900)), _figured(0, other), none);
        (other.epoch, other.subject) = (0, keccak256("fp8-peak"));
        _two(_figured(0, _figure(900)), _figured(0, other), none);
        (other.subject, other.assetKey) = (PEAK, keccak256("other"));
        _two(_figured(0, _figure(900)), _figured(0, other), none);
        bytes memory reason = abi.encodeWithSelector(IFaultProver.DifferentSigners.selector, _signer(0), _signer(1));
        _two(_figured(0, _figure(900)), _figured(1, _figure(901)), reason);
    }

    function test_theSameValueUnderAnotherManifestConflicts() public {
        IAttestationRegistry.Figure memory other = _figure(900);
        other.manifestRoot = keccak256("other");
        _two(_figured(0, _figure(900)), _figured(0, other), "");
        other = _figure(900);
        other.category = HOST + 1;
        _two(_figured(1, _figure(900)), _figured(1, other), "");
        assertTrue(_slashed(0) && _slashed(1));
    }

    /* ABOVE THE PHYSICAL PEAK */

    function _limit(uint128 value) private {
        vm.prank(admin);
        categories.setLimit(HOST, PEAK, value);
    }

    function test_aFigureAbovePhysicsIsSlashed() public {
        _limit(989);
        vm.warp(attestations.epochStart(1));
        IFaultProver.SignedFigure memory signed = _figured(0, _figure(990));
        _impossible(signed, "");
        assertTrue(_slashed(0));
        bytes32 offence = _offence(IFaultProver.Fault.ImpossibleFigure, 0, keccak256(abi.encode(KEY, uint64(1), PEAK)));
        _impossible(signed, abi.encodeWithSelector(IFaultProver.AlreadyPunished.selector, offence));
    }

    function test_aFigureWithinTheLimitIsNot() public {
        _impossible(_figured(0, _figure(990)), abi.encodeWithSelector(IFaultProver.WithinLimit.selector, 990, 0));
        _limit(989);
        vm.warp(attestations.epochStart(1));
        _impossible(_figured(0, _figure(989)), abi.encodeWithSelector(IFaultProver.WithinLimit.selector, 989, 989));
    }

    /// @dev Nobody is punished for what he signed before the limit stood.
    function test_aLimitDoesNotReachBack() public {
        vm.warp(attestations.epochStart(1) + 1);
        IFaultProver.SignedFigure memory signed = _figured(0, _figure(990));
        _limit(989);
        uint256 start = attestations.epochStart(1);
        _impossible(signed, abi.encodeWithSelector(IFaultProver.LimitIsNewer.selector, start + 1, start));
        assertFalse(_slashed(0));
    }

    function testFuzz_onlyTheFigureDecides(uint128 limit, uint128 value) public {
        limit = uint128(bound(limit, 1, type(uint128).max));
        _limit(limit);
        vm.warp(attestations.epochStart(1));
        bytes memory within = abi.encodeWithSelector(IFaultProver.WithinLimit.selector, value, limit);
        _impossible(_figured(2, _figure(value)), value > limit ? bytes("") : within);
        assertEq(_slashed(2), value > limit);
    }
}
