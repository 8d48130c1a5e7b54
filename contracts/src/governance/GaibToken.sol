// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title GAIB, the protocol's token
/// @notice One billion (1e27 base units, 18 decimals), all minted at deployment; nobody can mint more.
/// @dev Votes are counted by timestamp (ERC-6372), because block numbers mean different things on the chains GAIB is on.
contract GaibToken is ERC20, ERC20Burnable, ERC20Permit, ERC20Votes {
    /// @notice The whole supply, in base units.
    uint256 public constant CAP = 1e27;

    /// @param treasury Receives the whole supply.
    constructor(address treasury) ERC20("GAIB", "GAIB") ERC20Permit("GAIB") {
        _mint(treasury, CAP);
    }

    /// @notice The clock votes are counted by: seconds since 1970.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice ERC-6372 description of the clock.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice Next nonce of `owner` for permits and delegations by signature.
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
