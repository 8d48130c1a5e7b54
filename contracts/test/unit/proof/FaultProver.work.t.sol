// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "../../../src/interfaces/IAttestationRegistry.sol";
import {IFaultProver} from "../../../src/interfaces/IFaultProver.sol";
import {WorkElement} from "../../../src/proof/WorkElement.sol";
import {Fixture} from "../../Fixture.sol";

/// @dev Takes calldata, as the library wants it.
contract WorkTree {
    function leaf(uint32 index, bytes calldata tile) external pure returns (bytes32) {
        return WorkElement.leaf(index, tile);
    }
}

contract FaultProverWorkTest is Fixture {
    bytes32 private constant SEED = keccak256("seed of the products");
    bytes32 private constant NONCE = keccak256("drawn after the commitment");
    address private reporter = makeAddr("reporter");
    WorkTree private tree = new WorkTree();

    /// @dev A round of four tiles of `edge`, all of them `values`, of which `openings` were drawn.
    function _element(uint32 edge, uint32 depth, uint32 openings, bytes memory values)
        private
        view
        returns (IFaultProver.Element memory element)
    {
        element.seed = SEED;
        element.sizes = IFaultProver.WorkSizes(2 * edge, 2 * edge, depth, edge, openings);
        bytes32[4] memory leaves;
        for (uint32 tile; tile < 4; ++tile) {
            leaves[tile] = tree.leaf(tile, values);
        }
        bytes32[2] memory nodes = [_node(leaves[0], leaves[1]), _node(leaves[2], leaves[3])];
        element.roots = new bytes32[](1);
        element.roots[0] = _node(nodes[0], nodes[1]);
        element.nonce = NONCE;
        (element.before, element.behind) = (new bytes32[](1), new bytes32[](2));
        element.before[0] = keccak256("commitment of another device");
        element.behind[0] = keccak256("and of one more");
        element.behind[1] = keccak256("the rest of the evidence");
        element.values = values;
        uint256 tile_ = WorkElement.draw(NONCE, _commitment(element), 0, 4);
        element.path = new bytes32[](2);
        element.path[0] = leaves[tile_ ^ 1];
        element.path[1] = nodes[(tile_ >> 1) ^ 1];
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(1), left, right));
    }

    function _commitment(IFaultProver.Element memory element) private pure returns (bytes32) {
        IFaultProver.WorkSizes memory s = element.sizes;
        return keccak256(abi.encodePacked(element.seed, s.rows, s.columns, s.depth, s.edge, s.openings, element.roots));
    }

    function _signed(IFaultProver.Element memory element, uint8 kinds)
        private
        view
        returns (IFaultProver.SignedStatement memory signed)
    {
        signed.statement = _statement(keccak256("asset"), keccak256("manifest"), owner);
        signed.statement.kinds = kinds;
        signed.evidenceHash =
            keccak256(abi.encodePacked(element.nonce, element.before, _commitment(element), element.behind));
        bytes32 digest = attestations.attestationDigest(signed.statement, signed.evidenceHash);
        signed.signature = _sign(signerKeys[0], digest);
    }

    /// @dev The right value of element 0 of the tile that is drawn, put there.
    function _right(uint32 edge, uint32 depth) private view returns (IFaultProver.Element memory element) {
        bytes memory values = new bytes(edge * edge * 4);
        // What is drawn follows from the values: try until the tile whose value was put in is the one that is drawn.
        for (uint32 tile;; tile = (tile + 1) % 4) {
            bytes32 round = keccak256(abi.encodePacked(SEED, bytes32(0)));
            int256 value = WorkElement.product(round, (tile / 2) * edge, (tile % 2) * edge, depth);
            bytes4 word = bytes4(uint32(int32(value)));
            for (uint256 i; i < 4; ++i) {
                values[i] = word[i];
            }
            element = _element(edge, depth, 2, values);
            if (WorkElement.draw(NONCE, _commitment(element), 0, 4) == tile) return element;
            // Another filling of the rest, so that the draw falls anew.
            values[values.length - 1] = bytes1(uint8(values[values.length - 1]) + 1);
        }
    }

    function test_wrongElementOfAnOpenedTileIsPunishedOnce() public {
        IFaultProver.Element memory element = _element(4, 64, 2, new bytes(64));
        IFaultProver.SignedStatement memory signed = _signed(element, LIVE);
        address operator = validators.operatorOfSigner(vm.addr(signerKeys[0]));
        vm.prank(reporter);
        prover.proveWrongElement(signed, element);
        assertEq(validators.weightAt(vm.addr(signerKeys[0]), block.timestamp), 0);
        assertTrue(validators.operatorOf(operator).jailed);
        vm.expectPartialRevert(IFaultProver.AlreadyPunished.selector);
        prover.proveWrongElement(signed, element);
    }

    function test_rightElementIsNoFault() public {
        IFaultProver.Element memory element = _right(4, 128);
        IFaultProver.SignedStatement memory signed = _signed(element, LIVE);
        vm.expectPartialRevert(IFaultProver.ElementIsRight.selector);
        prover.proveWrongElement(signed, element);
        // The element beside it is zero and wrong.
        element.element = 1;
        prover.proveWrongElement(signed, element);
    }

    function test_tileThatWasNotDrawnIsNoFault() public {
        IFaultProver.Element memory element = _element(4, 64, 2, new bytes(64));
        element.number = 2;
        IFaultProver.SignedStatement memory signed = _signed(element, LIVE);
        vm.expectRevert(IFaultProver.BadPlace.selector);
        prover.proveWrongElement(signed, element);
        // Another tile in place of the one drawn.
        element.number = 0;
        element.path[0] = keccak256("of another tile");
        vm.expectPartialRevert(IFaultProver.NotInTree.selector);
        prover.proveWrongElement(signed, element);
    }

    function test_evidenceThatWasNotSignedIsNoFault() public {
        IFaultProver.Element memory element = _element(4, 64, 2, new bytes(64));
        IFaultProver.SignedStatement memory signed = _signed(element, LIVE);
        bytes32 kept = element.nonce;
        element.nonce = keccak256("a draw that suits");
        vm.expectPartialRevert(IFaultProver.EvidenceMismatch.selector);
        prover.proveWrongElement(signed, element);
        element.nonce = kept;
        element.sizes.openings = 3;
        vm.expectPartialRevert(IFaultProver.EvidenceMismatch.selector);
        prover.proveWrongElement(signed, element);
        element.sizes.openings = 2;
        signed = _signed(element, 3);
        vm.expectRevert(IFaultProver.NoConflict.selector);
        prover.proveWrongElement(signed, element);
    }

    function test_sizesThatCannotBeAreRefused() public {
        IFaultProver.WorkSizes[4] memory sizes = [
            IFaultProver.WorkSizes(8, 8, 96, 4, 2),
            IFaultProver.WorkSizes(8, 8, 65_536, 4, 2),
            IFaultProver.WorkSizes(8, 10, 64, 4, 2),
            IFaultProver.WorkSizes(8, 8, 64, 0, 2)
        ];
        IFaultProver.Element memory element = _element(4, 64, 2, new bytes(64));
        for (uint256 i; i < sizes.length; ++i) {
            element.sizes = sizes[i];
            IFaultProver.SignedStatement memory signed = _signed(element, LIVE);
            vm.expectRevert(IFaultProver.BadSizes.selector);
            prover.proveWrongElement(signed, element);
        }
    }

    function test_costsLessThanThreeMillionAtTheLargestDepth() public {
        IFaultProver.Element memory element = _element(16, 32_768, 64, new bytes(1024));
        IFaultProver.SignedStatement memory signed = _signed(element, LIVE);
        bytes memory call = abi.encodeCall(IFaultProver.proveWrongElement, (signed, element));
        uint256 told = 21_000;
        for (uint256 i; i < call.length; ++i) {
            told += call[i] == 0 ? 4 : 16;
        }
        uint256 before = gasleft();
        prover.proveWrongElement(signed, element);
        uint256 used = told + before - gasleft();
        emit log_named_uint("gas with calldata, depth 32768", used);
        assertLt(used, 3_000_000);
    }
}
