// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {ICategoryRegistry} from "../../../src/interfaces/ICategoryRegistry.sol";
import {AttestationRegistry} from "../../../src/proof/AttestationRegistry.sol";
import {Quorum} from "../../../src/proof/Quorum.sol";
import {Fixture} from "../../Fixture.sol";

contract AttestationRegistryTest is Fixture {
    bytes32 private constant KEY = keccak256("key");
    bytes32 private constant ROOT = keccak256("root");

    function _submit(IAttestationRegistry.Statement memory statement, uint256 count) private {
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, count);
        attestations.submit(statement, evidence, signatures);
    }

    function test_twoThirdsAreEnoughAndHalfIsNot() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 2);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.QuorumNotReached.selector, 2 * STAKE, 4 * STAKE));
        attestations.submit(statement, evidence, signatures);
        _submit(statement, 3);
        (uint8 kinds, uint64 validUntil, uint64 epoch) = attestations.attested(KEY, ROOT);
        assertEq(kinds, LIVE);
        assertEq(validUntil, statement.validUntil);
        assertEq(epoch, statement.epoch);
        assertTrue(attestations.isAttested(KEY, ROOT, 5));
        assertFalse(attestations.isAttested(KEY, ROOT, 8));
        assertEq(attestations.rootAt(KEY, epoch), ROOT);
        (address who, uint16 category, uint48 attestedAt,,) = attestations.attestation(KEY, ROOT);
        assertEq(who, owner);
        assertEq(category, HOST);
        assertEq(attestedAt, block.timestamp);
    }

    /// @dev Exactly two thirds pass: three equal validators, two signatures.
    function test_exactlyTwoThirdsPass() public {
        vm.prank(operators[3]);
        validators.requestUnstake(STAKE);
        address leaver = validators.operatorOf(operators[3]).signer;
        uint256[] memory left = new uint256[](2);
        uint256 found;
        for (uint256 i; found < 2; ++i) {
            if (vm.addr(signerKeys[i]) != leaver) left[found++] = signerKeys[i];
        }
        vm.warp(attestations.epochStart(1) + 1);
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = (new bytes32[](2), new bytes[](2));
        for (uint256 i; i < 2; ++i) {
            signatures[i] = _sign(left[i], attestations.attestationDigest(statement, evidence[i]));
        }
        attestations.submit(statement, evidence, signatures);
        assertTrue(attestations.isAttested(KEY, ROOT, LIVE));
    }

    function test_sameSignerTwiceIsRefused() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        (evidence[1], signatures[1]) = (evidence[0], signatures[0]);
        address first = vm.addr(signerKeys[0]);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.SignersNotAscending.selector, first, first));
        attestations.submit(statement, evidence, signatures);
    }

    function test_descendingSignersAreRefused() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        (evidence[1], evidence[2]) = (evidence[2], evidence[1]);
        (signatures[1], signatures[2]) = (signatures[2], signatures[1]);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAttestationRegistry.SignersNotAscending.selector, vm.addr(signerKeys[1]), vm.addr(signerKeys[2])
            )
        );
        attestations.submit(statement, evidence, signatures);
    }

    function test_strangersWeighNothing() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = (new bytes32[](1), new bytes[](1));
        signatures[0] = _sign(ownerKey, attestations.attestationDigest(statement, 0));
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.QuorumNotReached.selector, 0, 4 * STAKE));
        attestations.submit(statement, evidence, signatures);
    }

    function test_oneChangedFieldBreaksEverySignature() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 4);
        statement.owner = lender;
        vm.expectRevert();
        attestations.submit(statement, evidence, signatures);
        assertFalse(attestations.isAttested(KEY, ROOT, 1));
    }

    function test_lengthsMustAgree() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.LengthMismatch.selector, 2, 3));
        attestations.submit(statement, new bytes32[](2), signatures);
    }

    function test_epochsThatCannotBeSubmitted() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        statement.epoch = 1;
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.BadEpoch.selector, 1, 0, 0));
        attestations.submit(statement, evidence, signatures);
        vm.warp(attestations.epochStart(1));
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.BadEpoch.selector, 1, 1, 0));
        attestations.submit(statement, evidence, signatures);
        vm.warp(attestations.epochStart(26) + 1);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.BadEpoch.selector, 1, 26, 2));
        attestations.submit(statement, evidence, signatures);
    }

    function test_stakeAfterTheEpochBeganDoesNotCount() public {
        _stake(1, 100 * STAKE);
        vm.warp(block.timestamp + 5);
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 5);
        attestations.submit(statement, evidence, signatures);
        vm.warp(attestations.epochStart(1) + 1);
        statement = _statement(keccak256("other"), ROOT, owner);
        (evidence, signatures) = (new bytes32[](4), new bytes[](4));
        address whale = validators.operatorOf(operators[4]).signer;
        uint256 at;
        for (uint256 i; i < 5; ++i) {
            if (vm.addr(signerKeys[i]) == whale) continue;
            signatures[at++] = _sign(signerKeys[i], attestations.attestationDigest(statement, 0));
        }
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.QuorumNotReached.selector, 4 * STAKE, 104 * STAKE));
        attestations.submit(statement, evidence, signatures);
    }

    function test_sameEpochAddsKindsAndNewEpochReplaces() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        statement.kinds = 1;
        _submit(statement, 3);
        statement.kinds = 6;
        _submit(statement, 3);
        assertTrue(attestations.isAttested(KEY, ROOT, 7));
        (bool complete,) = attestations.completeFor(KEY, ROOT, HOST, owner);
        assertTrue(complete);
        vm.warp(attestations.epochStart(1) + 1);
        statement.epoch = 1;
        statement.kinds = 2;
        _submit(statement, 3);
        (uint8 kinds,,) = attestations.attested(KEY, ROOT);
        assertEq(kinds, 2);
        (complete,) = attestations.completeFor(KEY, ROOT, HOST, owner);
        assertFalse(complete);
        statement.epoch = 0;
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.StaleEpoch.selector, 0, 1));
        attestations.submit(statement, evidence, signatures);
    }

    /// @dev Old signatures, sent again, make no attestation younger: seasoning and challenge window run from the first.
    function test_sendingAgainChangesNothing() public {
        _attest(KEY, ROOT, owner);
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (, uint64 validUntil,) = attestations.attested(KEY, ROOT);
        uint256 first = block.timestamp;
        vm.warp(first + 100);
        statement.validUntil = validUntil + 50 days;
        statement.kinds = 3;
        _submit(statement, 4);
        (uint8 kinds, uint64 until,) = attestations.attested(KEY, ROOT);
        assertEq(kinds, LIVE);
        assertEq(until, validUntil);
        (,, uint48 attestedAt,,) = attestations.attestation(KEY, ROOT);
        assertEq(attestedAt, first);
    }

    /// @dev Kinds that join are good as long as the one that ends first.
    function test_joinedKindsEndTogether() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (statement.kinds, statement.validUntil) = (1, uint64(block.timestamp + 10 days));
        _submit(statement, 3);
        vm.warp(block.timestamp + 60);
        (statement.kinds, statement.validUntil) = (2, uint64(block.timestamp + 90 days));
        _submit(statement, 3);
        (, uint64 until,) = attestations.attested(KEY, ROOT);
        assertEq(until, block.timestamp - 60 + 10 days);
        (,, uint48 attestedAt,,) = attestations.attestation(KEY, ROOT);
        assertEq(attestedAt, block.timestamp);
        (statement.kinds, statement.validUntil) = (4, uint64(block.timestamp + 1 days));
        _submit(statement, 3);
        (, until,) = attestations.attested(KEY, ROOT);
        assertEq(until, block.timestamp + 1 days);
        assertTrue(attestations.isAttested(KEY, ROOT, LIVE));
    }

    /// @dev Kinds attested for one owner are not lent to another.
    function test_oneOwnerAndCategoryPerAssetAndEpoch() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, lender);
        statement.kinds = 3;
        _submit(statement, 3);
        (statement.owner, statement.kinds) = (owner, 4);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(
            abi.encodeWithSelector(IAttestationRegistry.ConflictingStatement.selector, KEY, 0, lender, owner)
        );
        attestations.submit(statement, evidence, signatures);
        (statement.owner, statement.category) = (lender, HOST + 1);
        (evidence, signatures) = _attestBy(statement, 3);
        vm.expectRevert(
            abi.encodeWithSelector(IAttestationRegistry.ConflictingStatement.selector, KEY, 0, lender, lender)
        );
        attestations.submit(statement, evidence, signatures);
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, ROOT, owner);
        assertTrue(attestations.isAttestedFor(KEY, ROOT, HOST, owner, LIVE));
    }

    function test_oneRootPerAssetAndEpoch() public {
        _attest(KEY, ROOT, owner);
        bytes32 second = keccak256("second");
        IAttestationRegistry.Statement memory statement = _statement(KEY, second, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.ConflictingRoot.selector, KEY, 0, ROOT, second));
        attestations.submit(statement, evidence, signatures);
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, second, owner);
        assertTrue(attestations.isAttested(KEY, second, LIVE));
    }

    function test_badKindsAndExpiryAreRefused() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        statement.kinds = 0;
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.BadKinds.selector, 0));
        attestations.submit(statement, evidence, signatures);
        statement.kinds = 16;
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.BadKinds.selector, 16));
        attestations.submit(statement, evidence, signatures);
        statement.kinds = 1;
        statement.validUntil = uint64(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.AlreadyExpired.selector, block.timestamp));
        attestations.submit(statement, evidence, signatures);
    }

    function test_attestationEndsWithItsValidity() public {
        _attest(KEY, ROOT, owner);
        (, uint64 validUntil,) = attestations.attested(KEY, ROOT);
        vm.warp(validUntil);
        assertTrue(attestations.isAttestedFor(KEY, ROOT, HOST, owner, LIVE));
        assertFalse(attestations.isAttestedFor(KEY, ROOT, HOST, lender, LIVE));
        assertFalse(attestations.isAttestedFor(KEY, ROOT, HOST + 1, owner, LIVE));
        vm.warp(uint256(validUntil) + 1);
        assertFalse(attestations.isAttested(KEY, ROOT, 1));
        (bool complete,) = attestations.completeFor(KEY, ROOT, HOST, owner);
        assertFalse(complete);
    }

    function test_disputeSuspendsAndAnnulmentEnds() public {
        _attest(KEY, ROOT, owner);
        vm.startPrank(court);
        attestations.markDispute(KEY, ROOT, true);
        assertFalse(attestations.isAttested(KEY, ROOT, 1));
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.InDispute.selector, KEY, ROOT));
        attestations.submit(statement, evidence, signatures);
        attestations.markDispute(KEY, ROOT, false);
        assertTrue(attestations.isAttested(KEY, ROOT, 1));
        attestations.annul(KEY, ROOT);
        vm.stopPrank();
        assertFalse(attestations.isAttested(KEY, ROOT, 1));
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.WasAnnulled.selector, KEY, ROOT));
        attestations.submit(statement, evidence, signatures);
    }

    function test_figuresKeepToTheLimit() public {
        vm.prank(admin);
        categories.setLimit(HOST, HOST_HOUR, 8);
        IAttestationRegistry.Figure memory early = IAttestationRegistry.Figure(KEY, ROOT, HOST, HOST_HOUR, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.NoStatement.selector, KEY, ROOT));
        attestations.submitFigure(early, new bytes[](0));
        _attest(KEY, ROOT, owner);
        early.category = 2;
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.OtherCategory.selector, HOST, 2));
        attestations.submitFigure(early, new bytes[](0));
        _attestFigure(KEY, ROOT, HOST_HOUR, 8);
        (uint128 value,) = attestations.figure(KEY, ROOT, HOST_HOUR);
        assertEq(value, 8);
        IAttestationRegistry.Figure memory figure = IAttestationRegistry.Figure(KEY, ROOT, HOST, HOST_HOUR, 9, 0);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.FigureAboveLimit.selector, HOST_HOUR, 9, 8));
        attestations.submitFigure(figure, new bytes[](0));
        figure.value = 4;
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.QuorumNotReached.selector, 0, 4 * STAKE));
        attestations.submitFigure(figure, new bytes[](0));
        vm.warp(attestations.epochStart(1) + 1);
        _attestFigure(KEY, ROOT, HOST_HOUR, 4);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.StaleEpoch.selector, 0, 1));
        attestations.submitFigure(figure, new bytes[](0));
        vm.prank(court);
        attestations.annul(KEY, ROOT);
        vm.expectRevert(abi.encodeWithSelector(IAttestationRegistry.WasAnnulled.selector, KEY, ROOT));
        attestations.submitFigure(figure, new bytes[](0));
    }

    function test_unknownCategoryIsRefused() public {
        IAttestationRegistry.Statement memory statement = _statement(KEY, ROOT, owner);
        statement.category = 99;
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, 3);
        vm.expectRevert(abi.encodeWithSelector(ICategoryRegistry.UnknownCategory.selector, 99));
        attestations.submit(statement, evidence, signatures);
    }

    function test_epochLengthCannotBeZero() public {
        vm.expectRevert(Quorum.NoEpochLength.selector);
        new AttestationRegistry(address(access), validators, categories, 0, 1, 1);
    }

    /// @dev What one signer more costs at fifteen: calldata included, at most 8,000 gas.
    function test_gasPerSigner() public {
        _stake(12, STAKE);
        vm.warp(attestations.epochStart(1) + 1);
        uint256 fourteen = _cost(keccak256("14"), 14);
        uint256 fifteen = _cost(keccak256("15"), 15);
        emit log_named_uint("gas per further signer at 15", fifteen - fourteen);

        assertLe(fifteen - fourteen, 8_000);
    }

    function _cost(bytes32 key, uint256 count) private returns (uint256 cost) {
        IAttestationRegistry.Statement memory statement = _statement(key, ROOT, owner);
        (bytes32[] memory evidence, bytes[] memory signatures) = _attestBy(statement, count);
        bytes memory data = abi.encodeCall(attestations.submit, (statement, evidence, signatures));
        for (uint256 i; i < data.length; ++i) {
            cost += data[i] == 0 ? 4 : 16;
        }
        for (uint256 i; i < 16; ++i) {
            vm.cool(address(validators));
        }
        vm.cool(address(attestations));
        vm.cool(address(categories));
        uint256 before = gasleft();
        (bool done,) = address(attestations).call(data);
        cost += before - gasleft() + 21_000;
        require(done);
    }
}
