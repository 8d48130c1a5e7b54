// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IFaultProver} from "../../../src/interfaces/IFaultProver.sol";
import {WorkElement} from "../../../src/proof/WorkElement.sol";
import {Signed} from "../../Signed.sol";

/// @dev The transcript of docs/specs/work-proof-vectors.json, which the TypeScript prover wrote, judged on chain.
contract FaultProverVectorsTest is Signed {
    string private vectors;
    bytes32[] private roots;
    bytes32 private seed;
    IAttestationRegistry.Statement private statement;

    function setUp() public override {
        super.setUp();
        vectors = vm.readFile(string.concat(vm.projectRoot(), "/../docs/specs/work-proof-vectors.json"));
        roots = vm.parseJsonBytes32Array(vectors, ".commitment.roots");
        seed = keccak256(
            abi.encodePacked(
                "gaib-onboard/work-product/v2",
                _bytes32(".deviceSeed.seed"),
                _bytes32(".nonces.walk"),
                _bytes32(".commitment.memoryRoot"),
                _bytes32(".nonces.product")
            )
        );
        statement = _statement(keccak256("asset"), keccak256("manifest"), owner);
    }

    function _bytes32(string memory at) private view returns (bytes32) {
        return vm.parseJsonBytes32(vectors, at);
    }

    function _uint(string memory at) private view returns (uint32) {
        return uint32(vm.parseJsonUint(vectors, at));
    }

    function _commitment(IFaultProver.Element memory element) private pure returns (bytes32) {
        IFaultProver.WorkSizes memory s = element.sizes;
        return keccak256(abi.encodePacked(element.seed, s.rows, s.columns, s.depth, s.edge, s.openings, element.roots));
    }

    /// @dev The opened tile, with the number of the draw that fell on it.
    function _tile(uint256 index)
        private
        view
        returns (IFaultProver.Element memory element, uint32 round, uint32 tile)
    {
        string memory at = string.concat(".opening.tiles[", vm.toString(index), "]");
        string memory sizes = ".commitment.parameters.product.";
        (round, tile) = (_uint(string.concat(at, ".round")), _uint(string.concat(at, ".tile")));
        element.seed = seed;
        element.sizes = IFaultProver.WorkSizes(
            _uint(string.concat(sizes, "rows")),
            _uint(string.concat(sizes, "columns")),
            _uint(string.concat(sizes, "depth")),
            _uint(string.concat(sizes, "tile")),
            _uint(string.concat(sizes, "openings"))
        );
        element.roots = roots;
        element.nonce = _bytes32(".nonces.open");
        (element.before, element.behind) = (new bytes32[](0), new bytes32[](1));
        element.behind[0] = keccak256("the rest of the evidence");
        element.values = vm.parseJsonBytes(vectors, string.concat(at, ".values"));
        element.path = vm.parseJsonBytes32Array(vectors, string.concat(at, ".path"));
        element.number = _number(element, round, tile);
    }

    function _number(IFaultProver.Element memory element, uint32 round, uint32 tile)
        private
        pure
        returns (uint32 number)
    {
        uint256 tiles = 4;
        bytes32 commitment = _commitment(element);
        uint256 places = tiles * element.roots.length;
        while (WorkElement.draw(element.nonce, commitment, number, places) != tiles * round + tile) ++number;
    }

    function _prove(IFaultProver.Element memory element, bytes memory reason) private {
        bytes32 evidence =
            keccak256(abi.encodePacked(element.nonce, element.before, _commitment(element), element.behind));
        IFaultProver.SignedStatement memory signed = _said(0, statement, evidence);
        if (reason.length != 0) vm.expectRevert(reason);
        prover.proveWrongElement(signed, element);
    }

    function rootOf(bytes32 leaf, uint256 index, bytes32[] calldata path) external pure returns (bytes32) {
        return WorkElement.rootOf(leaf, index, path);
    }

    function _value(IFaultProver.Element memory element) private pure returns (int256) {
        uint32 word;
        for (uint256 i; i < 4; ++i) {
            word = (word << 8) | uint8(element.values[uint256(element.element) * 4 + i]);
        }
        return int256(int32(word));
    }

    function test_theCommitmentIsTheVectors() public view {
        (IFaultProver.Element memory element,,) = _tile(0);
        assertEq(_commitment(element), _bytes32(".commitmentHash"));
    }

    /// @dev Every element of every opened tile, of both rounds, comes out as the transcript says.
    function test_everyElementOfTheTranscriptIsRight() public {
        for (uint256 index; index < 3; ++index) {
            (IFaultProver.Element memory element,,) = _tile(index);
            // Which of the draws fell on it is what the signer was asked to open; each number below counts.
            element.sizes.openings = 3;
            if (element.number >= 3) continue;
            for (uint32 at; at < 64; ++at) {
                element.element = at;
                _prove(element, abi.encodeWithSelector(IFaultProver.ElementIsRight.selector, _value(element)));
            }
        }
        assertFalse(validators.operatorOf(_operator(0)).jailed);
    }

    /// @dev One bit off in any element: the tree built anew over it, and drawn, it is proved.
    function testFuzz_aWrongElementIsProved(uint8 index, uint8 at, uint8 bit) public {
        (IFaultProver.Element memory element, uint32 round, uint32 tile) = _tile(uint256(index) % 3);
        element.element = at % 64;
        uint256 byteAt = uint256(element.element) * 4 + bit / 8 % 4;
        element.values[byteAt] = bytes1(uint8(element.values[byteAt]) ^ uint8(1 << (bit % 8)));
        bytes32 leaf = keccak256(abi.encodePacked(uint8(0), tile, element.values));
        element.roots[round] = this.rootOf(leaf, tile, element.path);
        // The validator's nonce falls on the tile in one of its draws.
        for (element.number = 3; element.number >= 3;) {
            element.nonce = keccak256(abi.encode(element.nonce));
            element.number = _number(element, round, tile);
        }
        bytes32 offence = _offence(IFaultProver.Fault.WrongElement, 0, _commitment(element));
        _prove(element, "");
        assertTrue(prover.punished(offence));
        assertTrue(validators.operatorOf(_operator(0)).jailed);
        _prove(element, abi.encodeWithSelector(IFaultProver.AlreadyPunished.selector, offence));
    }
}
