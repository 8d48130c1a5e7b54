// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {IStakeSource} from "../../interfaces/IStakeSource.sol";

/// @title Which key signed for which operator, and when
/// @notice For stake that is held elsewhere: operators name a signing key here, and the key counts with what the other
/// place says of the operator. A key stays bound to its first operator for good: its old signatures must stay slashable.
abstract contract OperatorKeys is IStakeSource {
    using Checkpoints for Checkpoints.Trace208;

    /// @notice Operators at most; bounds every loop over them.
    uint256 public constant MAX_OPERATORS = 64;

    address[] private _operators;
    mapping(address operator => uint256) private _placeOf;
    mapping(address operator => Checkpoints.Trace208) private _signers;
    mapping(address signer => address) private _operatorOfSigner;
    /// @notice Whether an operator was slashed and may not name a key until governance lets it.
    mapping(address operator => bool) public jailed;

    error TooManyOperators(uint256 limit);

    /// @inheritdoc IStakeSource
    function operatorOfSigner(address signer) public view returns (address) {
        return _operatorOfSigner[signer];
    }

    /// @notice The operator's key at `time`; zero where it had none.
    function signerAt(address operator, uint256 time) public view returns (address) {
        return address(uint160(_signers[operator].upperLookupRecent(uint48(time))));
    }

    /// @notice The operator's key now; zero where it has none.
    function signerOf(address operator) public view returns (address) {
        return address(uint160(_signers[operator].latest()));
    }

    /// @notice Operators that have a key, or had one not long ago.
    function operators() public view returns (address[] memory) {
        return _operators;
    }

    /// @dev Binds `signer` to `operator` from now on.
    function _bind(address operator, address signer) internal {
        if (jailed[operator]) revert OperatorJailed(operator);
        address bound = _operatorOfSigner[signer];
        if (signer == address(0) || (bound != address(0) && bound != operator)) revert SignerTaken(signer, bound);
        if (_placeOf[operator] == 0) _seat(operator);
        emit SignerChanged(operator, signerOf(operator), signer);
        _operatorOfSigner[signer] = operator;
        _signers[operator].push(uint48(block.timestamp), uint160(signer));
    }

    /// @dev Takes the operator's key from it from now on. Nothing where it has none.
    function _unbind(address operator) internal {
        address signer = signerOf(operator);
        if (signer == address(0)) return;
        emit SignerChanged(operator, signer, address(0));
        _signers[operator].push(uint48(block.timestamp), 0);
    }

    function _jail(address operator) internal {
        jailed[operator] = true;
        _unbind(operator);
    }

    /// @dev How long an operator without a key keeps its seat: as long as its old weight may be looked up.
    function _seatTime() internal view virtual returns (uint256);

    function _seat(address operator) private {
        uint256 count = _operators.length;
        if (count < MAX_OPERATORS) {
            _operators.push(operator);
            _placeOf[operator] = count + 1;
            return;
        }
        for (uint256 i; i < count; ++i) {
            address other = _operators[i];
            (, uint48 since, uint208 signer) = _signers[other].latestCheckpoint();
            if (signer != 0 || block.timestamp <= since + _seatTime()) continue;
            delete _placeOf[other];
            (_operators[i], _placeOf[operator]) = (operator, i + 1);
            return;
        }
        revert TooManyOperators(MAX_OPERATORS);
    }
}
