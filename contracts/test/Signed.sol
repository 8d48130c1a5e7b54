// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAttestationRegistry} from "../src/interfaces/IAttestationRegistry.sol";
import {IFaultProver} from "../src/interfaces/IFaultProver.sol";
import {Trees} from "./Trees.sol";

/// @dev Single validators' signed words, as a prosecutor shows them.
abstract contract Signed is Trees {
    function _signer(uint256 index) internal view returns (address) {
        return vm.addr(signerKeys[index]);
    }

    function _operator(uint256 index) internal view returns (address) {
        return validators.operatorOfSigner(_signer(index));
    }

    function _said(uint256 index, IAttestationRegistry.Statement memory statement, bytes32 evidence)
        internal
        view
        returns (IFaultProver.SignedStatement memory)
    {
        bytes memory signature = _sign(signerKeys[index], attestations.attestationDigest(statement, evidence));
        return IFaultProver.SignedStatement(statement, evidence, signature);
    }

    function _said(uint256 index, IAttestationRegistry.Statement memory statement)
        internal
        view
        returns (IFaultProver.SignedStatement memory)
    {
        return _said(index, statement, keccak256(abi.encode(index)));
    }

    function _figured(uint256 index, IAttestationRegistry.Figure memory figure)
        internal
        view
        returns (IFaultProver.SignedFigure memory)
    {
        return IFaultProver.SignedFigure(figure, _sign(signerKeys[index], attestations.figureDigest(figure)));
    }

    function _offence(IFaultProver.Fault fault, uint256 index, bytes32 what) internal view returns (bytes32) {
        return keccak256(abi.encode(fault, _signer(index), what));
    }
}
