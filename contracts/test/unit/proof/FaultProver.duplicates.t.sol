// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IAssetRegistry} from "../../../src/interfaces/IAssetRegistry.sol";
import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IFaultProver} from "../../../src/interfaces/IFaultProver.sol";
import {Signed} from "../../Signed.sol";

/// @dev The same machine in two batches, or in a batch and by itself.
contract FaultProverDuplicatesTest is Signed {
    bytes32 private constant ONE = keccak256("manifests one");
    bytes32 private constant TWO = keccak256("manifests two");
    bytes32[] private firstKeys;
    bytes32[] private secondKeys;

    function setUp() public override {
        super.setUp();
        firstKeys = _keys("rack", 4);
        secondKeys = _keys("other rack", 3);
        // Ascending all the same: the shared key is greater than the two before it, or the test says so.
        secondKeys = _with(secondKeys, firstKeys[1]);
    }

    function _with(bytes32[] memory keys, bytes32 key) private pure returns (bytes32[] memory joined) {
        joined = new bytes32[](keys.length + 1);
        uint256 at;
        for (uint256 i; i < keys.length; ++i) {
            if (key < keys[i] && (i == 0 || key > keys[i - 1])) joined[at++] = key;
            joined[at++] = keys[i];
        }
        if (at == keys.length) joined[at] = key;
    }

    function _indexOf(bytes32[] memory keys, bytes32 key) private pure returns (uint256 index) {
        while (keys[index] != key) ++index;
    }

    function _place(uint256 first, bytes32[] memory keys, bytes32 key)
        private
        pure
        returns (IFaultProver.Place memory)
    {
        uint256 index = _indexOf(keys, key);
        return IFaultProver.Place(first + index, _rootOf(keys), _pathOf(keys, index));
    }

    function _single(uint256 deedId) private pure returns (IFaultProver.Place memory) {
        return IFaultProver.Place(deedId, 0, new bytes32[](0));
    }

    function _prove(
        bytes32 key,
        IFaultProver.Place memory earlier,
        IFaultProver.Place memory later,
        bytes memory reason
    ) private {
        if (reason.length != 0) vm.expectRevert(reason);
        prover.proveDuplicate(key, earlier, later);
    }

    function _punish(IFaultProver.SignedStatement memory signed, bytes memory reason) private {
        if (reason.length != 0) vm.expectRevert(reason);
        prover.punishDuplicate(signed);
    }

    function _notLive(uint256 deedId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IFaultProver.DeedNotLive.selector, deedId);
    }

    function _twoBatches() private returns (IFaultProver.Place memory earlier, IFaultProver.Place memory later) {
        bytes32 key = firstKeys[1];
        earlier = _place(_batch(firstKeys, ONE, true), firstKeys, key);
        vm.warp(attestations.epochStart(1) + 1);
        later = _place(_batch(secondKeys, TWO, true), secondKeys, key);
    }

    /* TWO BATCHES */

    function test_theLaterIsAnnulledAndItsAttestersSlashed() public {
        bytes32 key = firstKeys[1];
        (IFaultProver.Place memory earlier, IFaultProver.Place memory later) = _twoBatches();
        vm.expectEmit(address(prover));
        emit IFaultProver.DuplicateProved(key, earlier.deedId, later.deedId);
        _prove(key, earlier, later, "");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, later.deedId));
        registry.ownerOf(later.deedId);
        assertEq(registry.ownerOf(earlier.deedId), owner);
        assertEq(registry.balanceOf(owner), firstKeys.length + secondKeys.length - 1);

        bytes32 batchKey = registry.batchKeyOf(_rootOf(secondKeys), uint32(secondKeys.length));
        IAttestationRegistry.Statement memory statement = _statement(batchKey, TWO, owner);
        for (uint256 i; i < 3; ++i) {
            _punish(_said(i, statement), "");
            assertTrue(validators.operatorOf(_operator(i)).jailed);
        }
        bytes32 what = keccak256(abi.encode(batchKey, uint64(block.timestamp)));
        bytes32 offence = _offence(IFaultProver.Fault.DuplicateKey, 0, what);
        _punish(_said(0, statement), abi.encodeWithSelector(IFaultProver.AlreadyPunished.selector, offence));
        _prove(key, earlier, later, _notLive(later.deedId));
    }

    function test_attestersOfTheEarlierAreNot() public {
        (IFaultProver.Place memory earlier, IFaultProver.Place memory later) = _twoBatches();
        _prove(firstKeys[1], earlier, later, "");
        bytes32 batchKey = registry.batchKeyOf(_rootOf(firstKeys), uint32(firstKeys.length));
        IFaultProver.SignedStatement memory signed = _said(0, _statement(batchKey, ONE, owner));
        _punish(signed, abi.encodeWithSelector(IFaultProver.NoDuplicate.selector, batchKey));
    }

    function test_theOrderCannotBeTurned() public {
        (IFaultProver.Place memory earlier, IFaultProver.Place memory later) = _twoBatches();
        bytes memory turned = abi.encodeWithSelector(IFaultProver.NotEarlier.selector, later.deedId, earlier.deedId);
        _prove(firstKeys[1], later, earlier, turned);
        bytes memory same = abi.encodeWithSelector(IFaultProver.NotEarlier.selector, later.deedId, later.deedId);
        _prove(firstKeys[1], later, later, same);
    }

    /// @dev In one second the greater id counts as the earlier, so that only one of the two can be annulled.
    function test_theSameSecondHasOneOrder() public {
        bytes32 key = firstKeys[1];
        IFaultProver.Place memory a = _place(_batch(firstKeys, ONE, true), firstKeys, key);
        IFaultProver.Place memory b = _place(_batch(secondKeys, TWO, true), secondKeys, key);
        if (a.deedId < b.deedId) (a, b) = (b, a);
        _prove(key, b, a, abi.encodeWithSelector(IFaultProver.NotEarlier.selector, b.deedId, a.deedId));
        _prove(key, a, b, "");
        assertEq(registry.ownerOf(a.deedId), owner);
    }

    function test_aKeyThatIsNotThereProvesNothing() public {
        (IFaultProver.Place memory earlier, IFaultProver.Place memory later) = _twoBatches();
        bytes32 stranger = keccak256("stranger");
        bytes memory reason = abi.encodeWithSelector(IFaultProver.NotInBatch.selector, earlier.deedId, stranger);
        _prove(stranger, earlier, later, reason);
        bytes32 key = firstKeys[1];
        later.keyRoot = keccak256("made up");
        reason = abi.encodeWithSelector(IFaultProver.NotInBatch.selector, later.deedId, key);
        _prove(key, earlier, later, reason);
        _prove(key, _single(123), later, _notLive(123));
    }

    /* ATTESTED OR NOT */

    /// @dev Anybody can register a batch over anybody's keys; unattested it is senior to nobody.
    function test_anUnattestedBatchIsSeniorToNobody() public {
        bytes32 key = firstKeys[1];
        IFaultProver.Place memory squat = _place(_batch(firstKeys, ONE, false), firstKeys, key);
        vm.warp(block.timestamp + 10);
        _attest(key, TWO, owner);
        uint256 deedId = _register(_manifest(key, TWO));
        _prove(key, squat, _single(deedId), _notLive(squat.deedId));
        // Nor once its owner has retired it, nor frozen.
        vm.prank(court);
        registry.setDisputed(squat.deedId, true, "dispute");
        _prove(key, squat, _single(deedId), _notLive(squat.deedId));
        vm.prank(court);
        registry.setDisputed(squat.deedId, false, "over");
        vm.prank(owner);
        registry.retire(squat.deedId, "gone");
        _prove(key, squat, _single(deedId), _notLive(squat.deedId));
        assertEq(registry.ownerOf(deedId), owner);
    }

    /// @dev Attested later, it is the later one.
    function test_seniorityBeginsWithTheAttestation() public {
        bytes32 key = firstKeys[1];
        IFaultProver.Place memory squat = _place(_batch(firstKeys, ONE, false), firstKeys, key);
        vm.warp(block.timestamp + 10);
        _attest(key, TWO, owner);
        uint256 deedId = _register(_manifest(key, TWO));
        vm.warp(block.timestamp + 10);
        _attest(registry.batchKeyOf(_rootOf(firstKeys), 4), ONE, owner);
        registry.activateBatch(squat.deedId >> 64);
        bytes memory turned = abi.encodeWithSelector(IFaultProver.NotEarlier.selector, squat.deedId, deedId);
        _prove(key, squat, _single(deedId), turned);
        _prove(key, _single(deedId), squat, "");
        assertEq(registry.ownerOf(deedId), owner);
    }

    function test_oneDeedActivatedOutOfAPendingBatch() public {
        bytes32 key = firstKeys[1];
        IFaultProver.Place memory squat = _place(_batch(firstKeys, ONE, false), firstKeys, key);
        vm.warp(block.timestamp + 10);
        _attest(registry.batchKeyOf(_rootOf(firstKeys), 4), ONE, owner);
        registry.activate(squat.deedId);
        vm.warp(block.timestamp + 10);
        _attest(key, TWO, owner);
        uint256 deedId = _register(_manifest(key, TWO));
        uint256 before = vm.snapshotState();
        _prove(key, squat, _single(deedId), "");
        vm.revertToState(before);
        vm.warp(block.timestamp + 10);
        vm.prank(owner);
        registry.retire(squat.deedId, "gone");
        _prove(key, squat, _single(deedId), _notLive(squat.deedId));
    }

    /* ONE AFTER THE OTHER */

    function test_movedFromABatchToADeedOfItsOwnIsNoDuplicate() public {
        bytes32 key = firstKeys[1];
        IFaultProver.Place memory old = _place(_batch(firstKeys, ONE, true), firstKeys, key);
        vm.warp(block.timestamp + 10);
        vm.prank(owner);
        registry.retire(old.deedId, "moved");
        _attest(key, TWO, owner);
        uint256 deedId = _register(_manifest(key, TWO));
        // In the same second as well: what cannot be told is no proof.
        _prove(key, old, _single(deedId), _notLive(old.deedId));
        assertEq(registry.ownerOf(deedId), owner);
    }

    function test_retiringTheEarlierAfterwardsHelpsNobody() public {
        bytes32 key = firstKeys[1];
        (IFaultProver.Place memory earlier, IFaultProver.Place memory later) = _twoBatches();
        vm.warp(block.timestamp + 1);
        vm.prank(owner);
        registry.retire(earlier.deedId, "gone");
        _prove(key, earlier, later, "");
    }

    function test_aRetiredSingleDeedIsNoEarlierOne() public {
        bytes32 key = firstKeys[1];
        _attest(key, TWO, owner);
        uint256 deedId = _register(_manifest(key, TWO));
        vm.warp(block.timestamp + 10);
        IFaultProver.Place memory later = _place(_batch(firstKeys, ONE, true), firstKeys, key);
        bytes32 stranger = keccak256("stranger");
        bytes memory reason = abi.encodeWithSelector(IFaultProver.NotInBatch.selector, deedId, stranger);
        _prove(stranger, _single(deedId), later, reason);
        vm.warp(block.timestamp + 10);
        vm.prank(owner);
        registry.retire(deedId, "gone");
        reason = abi.encodeWithSelector(IFaultProver.NotInBatch.selector, deedId, key);
        _prove(key, _single(deedId), later, reason);
    }

    /* WHOSE ATTESTATION IT WAS */

    function _lateSingle() private returns (bytes32 key, uint256 deedId, IAttestationRegistry.Statement memory said) {
        key = firstKeys[1];
        _batch(firstKeys, ONE, true);
        vm.warp(attestations.epochStart(2) + 1);
        said = _statement(key, TWO, owner);
        _attest(key, TWO, owner);
        deedId = _register(_manifest(key, TWO));
    }

    /// @dev An amendment after the fact does not let the first attesters go.
    function test_anAmendmentHidesNoAttester() public {
        (bytes32 key, uint256 deedId, IAttestationRegistry.Statement memory said) = _lateSingle();
        bytes32 next = keccak256("new manifest");
        bytes32 digest = registry.amendmentDigest(deedId, next, machine);
        registry.amend(deedId, next, machine, _sign(ownerKey, digest), _sign(machineKey, digest));
        IFaultProver.Place memory earlier = _place(_firstDeed(), firstKeys, key);
        _prove(key, earlier, _single(deedId), "");
        _punish(_said(1, said), "");
        assertTrue(validators.operatorOf(_operator(1)).jailed);
    }

    function _firstDeed() private view returns (uint256) {
        return (uint256(registry.batchKeyOf(_rootOf(firstKeys), 4)) >> 65) << 64;
    }

    /// @dev Words of another time or manifest about the same key are not the duplicate's.
    function test_onlyTheAttestationInForceIsPunished() public {
        (bytes32 key, uint256 deedId, IAttestationRegistry.Statement memory said) = _lateSingle();
        _prove(key, _place(_firstDeed(), firstKeys, key), _single(deedId), "");
        bytes memory none = abi.encodeWithSelector(IFaultProver.NoDuplicate.selector, key);
        said.manifestRoot = keccak256("years ago");
        _punish(_said(0, said), none);
        (said.manifestRoot, said.validUntil) = (TWO, uint64(block.timestamp - 1));
        _punish(_said(0, said), none);
        (said.validUntil, said.epoch) = (uint64(block.timestamp + 1 days), 3);
        _punish(_said(0, said), none);
        said.epoch = 2;
        _punish(_said(0, said), "");
    }
}
