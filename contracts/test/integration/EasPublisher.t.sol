// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessDenied, Attestation} from "@ethereum-attestation-service/eas-contracts/contracts/Common.sol";
import {
    AttestationRequest,
    AttestationRequestData,
    IEAS,
    MultiAttestationRequest,
    RevocationRequest,
    RevocationRequestData
} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";
import {ISchemaRegistry, SchemaRecord} from "@ethereum-attestation-service/eas-contracts/contracts/ISchemaRegistry.sol";
import {IEasPublisher} from "../../src/interfaces/IEasPublisher.sol";
import {EasPublisher} from "../../src/proof/EasPublisher.sol";
import {Fixture} from "../Fixture.sol";

/// @dev Attestations in the real EAS, at the addresses where every OP Stack chain has it.
contract EasPublisherTest is Fixture {
    address internal constant SCHEMAS = 0x4200000000000000000000000000000000000020;
    IEAS internal constant EAS = IEAS(0x4200000000000000000000000000000000000021);
    string internal constant ARTIFACTS =
        "../node_modules/@ethereum-attestation-service/eas-contracts/artifacts/contracts/";
    bytes32 internal constant KEY = keccak256("h200");
    bytes32 internal constant ROOT = keccak256("manifest");

    EasPublisher internal publisher;

    function setUp() public override {
        super.setUp();
        deployCodeTo(string.concat(ARTIFACTS, "SchemaRegistry.sol/SchemaRegistry.json"), "", SCHEMAS);
        deployCodeTo(string.concat(ARTIFACTS, "EAS.sol/EAS.json"), abi.encode(SCHEMAS), address(EAS));
        publisher = new EasPublisher(attestations, EAS);
    }

    function test_schemaIsRegisteredWithThePublisherAsResolver() public view {
        SchemaRecord memory schema = ISchemaRegistry(SCHEMAS).getSchema(publisher.SCHEMA_ID());
        assertEq(address(schema.resolver), address(publisher));
        assertTrue(schema.revocable);
        assertEq(schema.schema, "bytes32 assetKey,bytes32 manifestRoot,uint16 category,uint8 kinds,uint64 epoch");
        assertEq(publisher.version(), "1.0.0");
        assertFalse(publisher.isPayable());
    }

    function test_whatStandsIsPublished() public {
        _attest(KEY, ROOT, owner);
        bytes32 uid = publisher.publish(KEY, ROOT);
        Attestation memory told = EAS.getAttestation(uid);
        assertEq(told.recipient, owner);
        assertEq(told.attester, address(publisher));
        (, uint64 validUntil, uint64 epoch) = attestations.attested(KEY, ROOT);
        assertEq(told.expirationTime, validUntil + 1);
        assertEq(told.data, abi.encode(KEY, ROOT, HOST, LIVE, epoch));
        assertTrue(EAS.isAttestationValid(uid));
        assertEq(publisher.uidOf(KEY, ROOT), uid);
        vm.expectRevert(abi.encodeWithSelector(IEasPublisher.AlreadyPublished.selector, uid));
        publisher.publish(KEY, ROOT);
        vm.expectRevert(abi.encodeWithSelector(IEasPublisher.StillStands.selector, uid));
        publisher.revoke(KEY, ROOT);
    }

    function test_aNewerEpochTakesTheOlderBack() public {
        _attest(KEY, ROOT, owner);
        bytes32 old = publisher.publish(KEY, ROOT);
        vm.warp(attestations.epochStart(1) + 1);
        _attest(KEY, ROOT, owner);
        bytes32 uid = publisher.publish(KEY, ROOT);
        assertTrue(EAS.getAttestation(old).revocationTime != 0);
        assertEq(EAS.getAttestation(uid).refUID, old);
    }

    function test_whatFellIsRevoked() public {
        vm.expectRevert(abi.encodeWithSelector(IEasPublisher.NothingStands.selector, KEY, ROOT));
        publisher.publish(KEY, ROOT);
        vm.expectRevert(abi.encodeWithSelector(IEasPublisher.NothingStands.selector, KEY, ROOT));
        publisher.revoke(KEY, ROOT);
        _attest(KEY, ROOT, owner);
        bytes32 uid = publisher.publish(KEY, ROOT);
        vm.prank(court);
        attestations.markDispute(KEY, ROOT, true);
        publisher.revoke(KEY, ROOT);
        assertTrue(EAS.getAttestation(uid).revocationTime != 0);
        assertEq(publisher.uidOf(KEY, ROOT), bytes32(0));
        vm.prank(court);
        attestations.markDispute(KEY, ROOT, false);
        assertTrue(publisher.publish(KEY, ROOT) != uid);
    }

    function test_nobodyElseAttestsUnderTheSchema() public {
        bytes32 schema = publisher.SCHEMA_ID();
        AttestationRequestData[] memory said = new AttestationRequestData[](2);
        (said[0].recipient, said[0].revocable) = (lender, true);
        said[1] = said[0];
        vm.expectRevert(abi.encodeWithSignature("InvalidAttestation()"));
        EAS.attest(AttestationRequest(schema, said[0]));
        MultiAttestationRequest[] memory many = new MultiAttestationRequest[](1);
        many[0] = MultiAttestationRequest(schema, said);
        vm.expectRevert(abi.encodeWithSignature("InvalidAttestations()"));
        EAS.multiAttest(many);
        _attest(KEY, ROOT, owner);
        bytes32 uid = publisher.publish(KEY, ROOT);
        vm.expectRevert(AccessDenied.selector);
        EAS.revoke(RevocationRequest(schema, RevocationRequestData(uid, 0)));
    }

    function test_onlyEasCallsTheResolverAndWithoutMoney() public {
        Attestation memory one;
        one.attester = address(publisher);
        vm.expectRevert(abi.encodeWithSelector(IEasPublisher.OnlyEas.selector, address(this)));
        publisher.attest(one);
        vm.expectRevert(abi.encodeWithSelector(IEasPublisher.OnlyEas.selector, address(this)));
        publisher.multiRevoke(new Attestation[](0), new uint256[](0));
        vm.deal(address(EAS), 1);
        vm.startPrank(address(EAS));
        vm.expectRevert(IEasPublisher.NoPayment.selector);
        publisher.attest{value: 1}(one);
        assertFalse(publisher.multiRevoke(new Attestation[](0), new uint256[](0)));
        assertTrue(publisher.revoke(one));
        vm.stopPrank();
    }
}
